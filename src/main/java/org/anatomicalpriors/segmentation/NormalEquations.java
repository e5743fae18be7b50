package org.anatomicalpriors.segmentation;

import java.util.function.UnaryOperator;
import org.apache.commons.math3.exception.MaxCountExceededException;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.ConjugateGradient;
import org.apache.commons.math3.linear.IterativeLinearSolverEvent;
import org.apache.commons.math3.linear.RealLinearOperator;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.util.IterationEvent;
import org.apache.commons.math3.util.IterationListener;
import org.apache.commons.math3.util.IterationManager;

/** Solves symmetric positive systems that are only known by what they do to a vector. */
final class NormalEquations {

  private static final double TOLERANCE = 0.02;

  private NormalEquations() {}

  /** An approximate solution by at most so many conjugate gradients; enough for a damped step. */
  static double[] solve(
      final UnaryOperator<double[]> matrix, final double[] right, final int iterations) {
    final RealLinearOperator operator =
        new RealLinearOperator() {
          @Override
          public int getRowDimension() {
            return right.length;
          }

          @Override
          public int getColumnDimension() {
            return right.length;
          }

          @Override
          public RealVector operate(final RealVector x) {
            return new ArrayRealVector(matrix.apply(x.toArray()), false);
          }
        };
    final RealVector[] last = {new ArrayRealVector(right.length)};
    final IterationManager manager = new IterationManager(iterations);
    manager.addIterationListener(new Keeper(last));
    try {
      return new ConjugateGradient(manager, TOLERANCE, false)
          .solve(operator, new ArrayRealVector(right, false))
          .toArray();
    } catch (final MaxCountExceededException e) {
      return last[0].toArray();
    }
  }

  /** Keeps what the last iteration found, as running out of iterations is a usual end. */
  private static final class Keeper implements IterationListener {
    private final RealVector[] last;

    Keeper(final RealVector[] last) {
      this.last = last;
    }

    @Override
    public void initializationPerformed(final IterationEvent e) {}

    @Override
    public void iterationStarted(final IterationEvent e) {}

    @Override
    public void iterationPerformed(final IterationEvent e) {
      last[0] = ((IterativeLinearSolverEvent) e).getSolution().copy();
    }

    @Override
    public void terminationPerformed(final IterationEvent e) {}
  }
}
