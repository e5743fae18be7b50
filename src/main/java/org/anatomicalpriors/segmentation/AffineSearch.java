package org.anatomicalpriors.segmentation;

import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Climbs from a map to one under which an image fits better, by Newton steps with the curvature of
 * an {@link AlignmentSlope}, damped where they fail (Marquardt 1963, SIAM Journal 11(2)).
 */
final class AffineSearch {

  /** Steps, those that failed included, after which a search ends. */
  private static final int STEPS = 30;

  /** Longest change of a parameter in one step, in the units of {@link AffineParameters}. */
  private static final double LONGEST = 0.5;

  /** A search ends when no parameter would change by more. */
  private static final double SHORTEST = 0.004;

  /** By which parameters are changed for derivatives. */
  private static final double DIFFERENCE = 1e-3;

  private static final double FIRST_DAMPING = 1e-2;
  private static final double DAMPING_FACTOR = 4;
  private static final double MOST_DAMPING = 1e4;

  /** Keeps a parameter on which nothing depends where it is; in nats a voxel. */
  private static final double LEAST_CURVATURE = 1e-4;

  private final AlignmentScore score;
  private final HeaderTie tie;
  private final AffineParameters parameters;
  private final Progress progress;

  AffineSearch(
      final AlignmentScore score,
      final HeaderTie tie,
      final AffineParameters parameters,
      final Progress progress) {
    this.score = score;
    this.tie = tie;
    this.parameters = parameters;
    this.progress = progress;
  }

  /** The best map that it comes to. */
  Affine run() {
    double[] at = new double[parameters.count()];
    double value = value(at), damping = FIRST_DAMPING;
    double[] gradient = null;
    double[][] curvature = null;
    for (int i = 0; i < STEPS && damping < MOST_DAMPING; i++) {
      if (gradient == null) {
        final AlignmentSlope slope = slope(at);
        gradient = slope.gradient();
        curvature = slope.curvature();
        pull(at, gradient);
      }
      final double[] step = step(gradient, curvature, damping);
      if (longest(step) < SHORTEST) break;
      final double[] tried = at.clone();
      for (int k = 0; k < tried.length; k++) tried[k] += step[k];
      final double reached =
          parameters.isWithinBounds(tried) ? value(tried) : Double.NEGATIVE_INFINITY;
      if (reached > value) {
        at = tried;
        value = reached;
        gradient = null;
        damping /= DAMPING_FACTOR;
      } else damping *= DAMPING_FACTOR;
    }
    return parameters.at(at);
  }

  private double value(final double[] p) {
    progress.checkCancelled();
    final Affine map = parameters.at(p);
    return score.of(map) - tie.cost(map);
  }

  private AlignmentSlope slope(final double[] p) {
    progress.checkCancelled();
    final double[][][] change = new double[p.length][][];
    for (int k = 0; k < p.length; k++)
      change[k] =
          AlignmentSlope.derivative(
              score.toPriorVoxel(moved(p, k, DIFFERENCE)),
              score.toPriorVoxel(moved(p, k, -DIFFERENCE)),
              2 * DIFFERENCE);
    return score.slope(parameters.at(p), new AlignmentSlope(change));
  }

  /** Takes the tie's gradient off. */
  private void pull(final double[] p, final double[] gradient) {
    for (int k = 0; k < p.length; k++)
      gradient[k] -=
          (tie.cost(moved(p, k, DIFFERENCE)) - tie.cost(moved(p, k, -DIFFERENCE)))
              / (2 * DIFFERENCE);
  }

  private Affine moved(final double[] p, final int k, final double by) {
    final double[] q = p.clone();
    q[k] += by;
    return parameters.at(q);
  }

  private static double[] step(
      final double[] gradient, final double[][] curvature, final double damping) {
    final int n = gradient.length;
    final RealMatrix h = new Array2DRowRealMatrix(curvature);
    final double mean = h.getTrace() / n;
    for (int k = 0; k < n; k++)
      h.addToEntry(k, k, damping * (h.getEntry(k, k) + mean) + LEAST_CURVATURE);
    final double[] step =
        new LUDecomposition(h).getSolver().solve(new ArrayRealVector(gradient)).toArray();
    final double shorter = Math.min(1, LONGEST / longest(step));
    for (int k = 0; k < n; k++) step[k] *= shorter;
    return step;
  }

  private static double longest(final double[] step) {
    double longest = 1e-12;
    for (final double s : step) longest = Math.max(longest, Math.abs(s));
    return longest;
  }
}
