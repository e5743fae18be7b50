package org.anatomicalpriors.model;

/**
 * p(s_j = l | x, z) proportional to f[j,l](z) N(x_j; mu_l, sigma_l^2) on a prior's grid, in plain
 * Java. Voxels of which no channel is known keep the prior's probabilities.
 */
public final class LabelPosteriors {

  private LabelPosteriors() {}

  /**
   * @param f label probabilities (V, L) by rows
   * @return posteriors (V, L) by rows
   */
  public static float[] of(final float[] f, final ImageVector x, final IntensityModel model) {
    final int labels = model.labels();
    final float[] p = f.clone(); // where nothing is known
    VoxelChunks.forEach(
        x.voxels(),
        (first, end) -> {
          final DensityBlock block = new DensityBlock(model);
          block.forEach(
              x,
              first,
              end,
              1,
              (voxels, count) -> {
                final float[][] densities = block.groups();
                for (int i = 0; i < count; i++) weigh(p, voxels[i] * labels, model, densities, i);
              });
        });
    return p;
  }

  /** Multiplies a voxel's probabilities by the densities at a place of the block. */
  private static void weigh(
      final float[] p,
      final int row,
      final IntensityModel model,
      final float[][] densities,
      final int place) {
    final int labels = model.labels();
    float total = 0;
    for (int l = 0; l < labels; l++) total += p[row + l] *= densities[model.labelGroup(l)][place];
    for (int l = 0; l < labels; l++) p[row + l] /= total;
  }

  /** Index of the largest probability of every voxel. */
  public static byte[] mostProbable(final float[] p, final int labels) {
    final byte[] best = new byte[p.length / labels];
    for (int v = 0; v < best.length; v++) {
      int b = 0;
      for (int l = 1; l < labels; l++) if (p[v * labels + l] > p[v * labels + b]) b = l;
      best[v] = (byte) b;
    }
    return best;
  }

  /** Entropy of every voxel's labels as a share of the largest possible one, 0 to 1. */
  public static float[] uncertainty(final float[] p, final int labels) {
    final float[] entropy = new float[p.length / labels];
    for (int v = 0; v < entropy.length; v++) {
      double h = 0;
      for (int l = 0; l < labels; l++) {
        final double q = p[v * labels + l];
        if (q > 0) h -= q * Math.log(q);
      }
      entropy[v] = (float) (h / Math.log(labels));
    }
    return entropy;
  }
}
