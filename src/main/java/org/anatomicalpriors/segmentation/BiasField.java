package org.anatomicalpriors.segmentation;

import org.anatomicalpriors.model.GroupProbabilities;
import org.anatomicalpriors.model.ImageVector;
import org.anatomicalpriors.model.IntensityModel;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.Parallel;
import org.anatomicalpriors.space.SplineLattice;

/**
 * A smooth multiplicative gain of a channel of an image on a prior's grid: the logarithm is a cubic
 * B-spline with penalised bending, fitted by weighted least squares to the ratio of each voxel to
 * what its structures are expected to have (Van Leemput et al. 1999, IEEE TMI 18(10), with splines
 * for polynomials). Its mean over the structures is 0.
 */
final class BiasField {

  private static final int CONJUGATE_GRADIENTS = 40;

  /** Largest ratio, as a logarithm, that one voxel may ask for in one round. */
  private static final double LARGEST = 0.3;

  /**
   * Weights of single voxels add up as if they were independent, which neighbours are not: share
   * that counts.
   */
  private static final double TRUST = 0.1;

  private final int channel;
  private final int[] size;
  private final FitGrid grid;
  private final SplineLattice lattice;
  private final double[] spacing;
  private final double stiffness;
  private double[] coefficients;

  /**
   * @param channel of the image, from 0
   * @param spacing distance of the knots, in voxels of the prior
   * @param stiffness weight of the bending energy over a knot's distance, in nats
   */
  BiasField(
      final int channel,
      final Grid prior,
      final FitGrid grid,
      final double[] spacing,
      final double stiffness) {
    this.channel = channel;
    size = prior.size();
    this.grid = grid;
    this.spacing = spacing;
    lattice = grid.lattice(spacing);
    double scale = stiffness;
    // Bending is measured over a knot's distance, so that it does not depend on the voxel size.
    final int axes = prior.is2D() ? 2 : 3;
    for (int d = 0; d < axes; d++) scale *= Math.pow(spacing[d], 4.0 / axes);
    this.stiffness = scale;
    coefficients = new double[lattice.count()];
  }

  /** Log-gain of every voxel of the prior's grid. */
  float[] logGain() {
    return grid.denseLattice(spacing).evaluate(coefficients);
  }

  /**
   * Log-gain of every voxel of an image's own grid; beyond the prior's grid that of its border.
   *
   * @param toPriorVoxel voxels of that grid to voxels of the prior's
   */
  float[] logGain(final Grid own, final Affine toPriorVoxel, final int threads) {
    final ProbabilityField field = new ProbabilityField(logGain(), 1, size);
    final float[] gain = new float[own.voxelCount()];
    final int nx = own.size(0), ny = own.size(1);
    Parallel.forEach(
        own.size(2),
        threads,
        Progress.NONE,
        z -> {
          final double[] p = new double[3];
          final float[] out = new float[1];
          for (int v = z * nx * ny; v < (z + 1) * nx * ny; v++) {
            toPriorVoxel.apply(new double[] {v % nx, v / nx % ny, z}, p);
            for (int d = 0; d < 3; d++) p[d] = Math.max(0, Math.min(size[d] - 1.0, p[d]));
            field.at(p[0], p[1], p[2], out);
            gain[v] = out[0];
          }
        });
    return gain;
  }

  /**
   * Fits the field anew, intensities, labels' probabilities and the other channels given.
   *
   * @param image on the prior's grid, not corrected
   * @param corrected by the fields as they were
   */
  void improve(
      final GroupProbabilities groups,
      final ImageVector image,
      final ImageVector corrected,
      final IntensityModel model) {
    final double zero = image.zero(channel);
    final float[] weight = new float[image.voxels()];
    final float[] target = new float[weight.length];
    final float[] x = corrected.values();
    final int channels = corrected.channels();
    groups.expectations(
        corrected,
        model,
        channel,
        (v, mean, precision) -> {
          final double expected = mean - zero, found = x[v * channels + channel] - zero;
          if (expected <= 0 || found <= 0) return; // a gain does not tell signs apart
          weight[v] = (float) (TRUST * precision * expected * expected);
          target[v] = (float) Math.max(-LARGEST, Math.min(LARGEST, Math.log(found / expected)));
        });
    final int n = grid.count();
    final float[] w = new float[n], misfit = new float[n];
    for (int i = 0; i < n; i++) {
      w[i] = weight[grid.voxel(i)];
      misfit[i] = w[i] * target[grid.voxel(i)];
    }
    final double[] right = lattice.project(misfit);
    final double[] bent = bent(coefficients);
    for (int j = 0; j < right.length; j++) right[j] -= bent[j];
    final double[] step = NormalEquations.solve(c -> curvature(c, w), right, CONJUGATE_GRADIENTS);
    final double[] moved = coefficients.clone();
    for (int j = 0; j < moved.length; j++) moved[j] += step[j];
    centre(moved, w);
    coefficients = moved;
  }

  private double[] bent(final double[] c) {
    final double[] out = new double[c.length];
    lattice.addBending(c, stiffness, out);
    return out;
  }

  private double[] curvature(final double[] c, final float[] w) {
    final float[] field = lattice.evaluate(c);
    for (int i = 0; i < field.length; i++) field[i] = (w[i] + 1e-6f) * field[i];
    final double[] out = bent(c);
    final double[] own = lattice.project(field);
    for (int j = 0; j < out.length; j++) out[j] += own[j];
    return out;
  }

  /** Splines add up to 1, so that a constant is taken off all coefficients alike. */
  private void centre(final double[] c, final float[] w) {
    final float[] field = lattice.evaluate(c);
    double sum = 0, total = 0;
    for (int i = 0; i < w.length; i++)
      if (w[i] > 0) {
        sum += field[i];
        total++;
      }
    if (total > 0) for (int j = 0; j < c.length; j++) c[j] -= sum / total;
  }
}
