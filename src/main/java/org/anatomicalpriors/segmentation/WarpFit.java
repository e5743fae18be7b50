package org.anatomicalpriors.segmentation;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SplineLattice;

/**
 * Fits a {@link Warp} to an image: cubic B-splines on a lattice, whose bending energy is penalised,
 * by damped Gauss-Newton steps on {@link PriorForces} (outer products of the forces stand for the
 * curvature). A step that would fold the grid is shortened.
 */
final class WarpFit {

  private static final int CONJUGATE_GRADIENTS = 12;
  private static final int SHORTENINGS = 4;

  /** Smallest determinant of the Jacobian that a step may leave. */
  private static final double LEAST_JACOBIAN = 0.2;

  /** Added curvature per sample, so that coefficients on which nothing depends stay. */
  private static final double DAMPING = 1e-3;

  private final int[] size;
  private final FitGrid grid;
  private final SplineLattice lattice;
  private final double[] spacing;
  private final double stiffness;
  private double[] coefficients;
  private float[][] u;

  /**
   * @param spacing distance of the knots, in voxels of the prior
   * @param stiffness weight of the bending energy, in nats
   */
  WarpFit(final Grid prior, final FitGrid grid, final double[] spacing, final double stiffness) {
    size = prior.size();
    this.grid = grid;
    this.spacing = spacing;
    this.stiffness = stiffness;
    lattice = grid.lattice(spacing);
    coefficients = new double[3 * lattice.count()];
    u = new float[3][grid.count()];
  }

  /**
   * Takes up to so many steps.
   *
   * @return whether any of them helped
   */
  boolean improve(final PriorForces forces, final int steps) {
    final float[][] f = new float[3][grid.count()];
    double value = forces.at(u, f) - penalty(coefficients);
    boolean improved = false;
    for (int i = 0; i < steps; i++) {
      final double[] step =
          NormalEquations.solve(c -> curvature(c, f), gradient(f), CONJUGATE_GRADIENTS);
      boolean better = false;
      double length = 1;
      for (int s = 0; s < SHORTENINGS && !better; s++, length /= 2) {
        final double[] tried = coefficients.clone();
        for (int j = 0; j < tried.length; j++) tried[j] += length * step[j];
        final float[][] moved = evaluate(lattice, tried);
        if (Warp.smallestJacobian(moved, grid.samples(), grid.step()) < LEAST_JACOBIAN) continue;
        final double reached = forces.at(moved, null) - penalty(tried);
        better = reached > value;
        if (better) {
          coefficients = tried;
          u = moved;
        }
      }
      if (!better) return improved;
      improved = true;
      if (i + 1 < steps) value = forces.at(u, f) - penalty(coefficients);
    }
    return improved;
  }

  Warp warp() {
    return new Warp(evaluate(grid.denseLattice(spacing), coefficients), size);
  }

  private float[][] evaluate(final SplineLattice on, final double[] c) {
    final float[][] field = new float[3][];
    each(d -> field[d] = on.evaluate(axis(c, d)));
    return field;
  }

  private double[] axis(final double[] c, final int d) {
    return Arrays.copyOfRange(c, d * lattice.count(), (d + 1) * lattice.count());
  }

  private double penalty(final double[] c) {
    double sum = 0;
    final double[] bent = bent(c);
    for (int j = 0; j < c.length; j++) sum += 0.5 * c[j] * bent[j];
    return sum;
  }

  private double[] bent(final double[] c) {
    final double[] out = new double[c.length];
    each(
        d -> {
          final double[] own = new double[lattice.count()];
          lattice.addBending(axis(c, d), stiffness, own);
          System.arraycopy(own, 0, out, d * own.length, own.length);
        });
    return out;
  }

  private double[] gradient(final float[][] f) {
    final double[] out = bent(coefficients);
    for (int d = 0; d < 3; d++) {
      final double[] own = lattice.project(f[d]);
      for (int j = 0; j < own.length; j++)
        out[d * own.length + j] = own[j] - out[d * own.length + j];
    }
    return out;
  }

  private double[] curvature(final double[] c, final float[][] f) {
    final float[][] v = evaluate(lattice, c);
    curve(f[0], f[1], f[2], v[0], v[1], v[2]);
    final double[] out = bent(c);
    final double[][] own = new double[3][];
    each(d -> own[d] = lattice.project(v[d]));
    for (int d = 0; d < 3; d++)
      for (int j = 0; j < own[d].length; j++) out[d * own[d].length + j] += own[d][j];
    return out;
  }

  /** Replaces the vectors v by (f f^T + damping) v. */
  private static void curve(
      final float[] fx,
      final float[] fy,
      final float[] fz,
      final float[] vx,
      final float[] vy,
      final float[] vz) {
    for (int i = 0; i < vx.length; i++) {
      final float along = fx[i] * vx[i] + fy[i] * vy[i] + fz[i] * vz[i];
      vx[i] = fx[i] * along + (float) DAMPING * vx[i];
      vy[i] = fy[i] * along + (float) DAMPING * vy[i];
      vz[i] = fz[i] * along + (float) DAMPING * vz[i];
    }
  }

  /** Does something along x, y and z. */
  private static void each(final IntConsumer work) {
    IntStream.range(0, 3).parallel().forEach(work);
  }
}
