package org.anatomicalpriors.synthetic;

import org.anatomicalpriors.space.Grid;

/**
 * Makes an image of drawn labels. At the finer points every structure has its mean for the
 * contrast, changed by 4 % (sd) per subject, and a smooth texture; these are averaged over the
 * voxel (partial volume), multiplied by a smooth bias field of about +-20 %, and get Rician noise.
 */
final class ImageSimulator {

  private static final double MEAN_JITTER = 0.04;
  private static final double TEXTURE_SD = 0.045;
  private static final double TEXTURE_SPACING = 6;
  private static final double BIAS_LIMIT = 0.2;
  private static final double BIAS_SPACING = 45;
  private static final double NOISE_SD = 5.5;
  private static final double[] EXTENT = {60, 60, 60};

  private final double[] means = new double[SyntheticLabels.COUNT];
  private final SmoothField texture;
  private final SmoothField bias;
  private final GaussianRandom random;

  ImageSimulator(final Contrast contrast, final GaussianRandom random) {
    for (int label = 0; label < means.length; label++) {
      // Both sides of a structure are one tissue.
      final boolean right = label > 1 && label <= 10 && label % 2 == 0;
      means[label] =
          right ? means[label - 1] : contrast.mean(label) * (1 + random.next(MEAN_JITTER));
    }
    texture = new SmoothField(EXTENT, TEXTURE_SPACING, 1, TEXTURE_SD, random);
    bias = new SmoothField(EXTENT, BIAS_SPACING, 1, 1, random);
    this.random = random;
  }

  float[] simulate(final byte[] fine, final Grid points, final Grid grid) {
    final float[] image = new float[grid.voxelCount()];
    final double[] strength = normalisedBias(grid);
    final double[] at = new double[3];
    final double[] value = new double[1];
    new Blocks(points, grid)
        .forEach(
            (voxel, members) -> {
              double sum = 0;
              for (final int member : members) {
                if (fine[member] == SyntheticLabels.BACKGROUND) continue;
                position(points, member, at);
                texture.evaluate(at[0], at[1], at[2], value);
                sum += means[fine[member]] * (1 + value[0]);
              }
              final double clean = strength[voxel] * sum / members.length;
              final double real = clean + NOISE_SD * random.next();
              final double imaginary = NOISE_SD * random.next();
              image[voxel] = (float) Math.sqrt(real * real + imaginary * imaginary);
            });
    return image;
  }

  /** The bias field's factor at every voxel; over the grid it runs from 0.8 to 1.2. */
  private double[] normalisedBias(final Grid grid) {
    final double[] factor = new double[grid.voxelCount()];
    final double[] at = new double[3];
    final double[] value = new double[1];
    double min = Double.POSITIVE_INFINITY, max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < factor.length; i++) {
      position(grid, i, at);
      bias.evaluate(at[0], at[1], at[2], value);
      factor[i] = value[0];
      min = Math.min(min, value[0]);
      max = Math.max(max, value[0]);
    }
    for (int i = 0; i < factor.length; i++)
      factor[i] = 1 - BIAS_LIMIT + 2 * BIAS_LIMIT * (factor[i] - min) / Math.max(max - min, 1e-9);
    return factor;
  }

  private static void position(final Grid grid, final int index, final double[] at) {
    at[0] = index % grid.size(0);
    at[1] = index / grid.size(0) % grid.size(1);
    at[2] = index / grid.size(0) / grid.size(1);
    grid.toWorld().apply(at, at);
  }
}
