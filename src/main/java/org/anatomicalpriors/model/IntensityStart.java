package org.anatomicalpriors.model;

import java.util.Arrays;

/**
 * First intensities of an image, from the prior's own label probabilities: moments of the voxels,
 * weighted by the probability of each group; groups with several components are split by weighted
 * k-means on the histogram.
 */
public final class IntensityStart {

  private static final int BINS = 512;
  private static final int K_MEANS_ROUNDS = 30;

  /** Averages over misplaced voxels widen a group; the true spread within it is smaller. */
  private static final double NARROWING = 0.25;

  private IntensityStart() {}

  /**
   * @param groups probability of every voxel and group
   * @param x the image
   * @param labelGroups intensity group of every label
   * @param backgroundComponents components of group 0; the others have one
   * @param strength of the conjugate prior, in voxels
   */
  public static IntensityModel from(
      final GroupProbabilities groups,
      final ImageVector x,
      final int[] labelGroups,
      final int backgroundComponents,
      final double strength) {
    final int g = groups.groups();
    final int c = g - 1 + backgroundComponents;
    final int[] componentGroups = new int[c];
    for (int i = backgroundComponents; i < c; i++)
      componentGroups[i] = i - backgroundComponents + 1;
    final double[] mean = new double[c], variance = new double[c], weight = new double[c];
    final double[] moments = groups.moments(x);
    double pooled = 0, pooledCount = 0;
    for (int i = backgroundComponents; i < c; i++) {
      final int k = componentGroups[i];
      final double n = Math.max(moments[3 * k + 2], 1e-9);
      mean[i] = moments[3 * k + 1] / n;
      variance[i] =
          Math.max(IntensityModel.SMALLEST_VARIANCE, moments[3 * k] / n - mean[i] * mean[i]);
      weight[i] = 1;
      pooled += n * variance[i];
      pooledCount += n;
    }
    final double typical =
        Math.max(
            IntensityModel.SMALLEST_VARIANCE, NARROWING * pooled / Math.max(pooledCount, 1e-9));
    split(groups, x, backgroundComponents, typical, mean, variance, weight);
    return new IntensityModel(
        labelGroups, componentGroups, mean, variance, weight, typical, strength);
  }

  /** Spreads the components of the background over its intensities. */
  private static void split(
      final GroupProbabilities groups,
      final ImageVector x,
      final int k,
      final double typical,
      final double[] mean,
      final double[] variance,
      final double[] weight) {
    float low = Float.POSITIVE_INFINITY, high = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < x.values().length; i++)
      if (x.mask()[i] > 0) {
        low = Math.min(low, x.values()[i]);
        high = Math.max(high, x.values()[i]);
      }
    final double width = Math.max(1e-12, (high - low) / (double) BINS);
    final double[] histogram = groups.histogram(0, x, low, width, BINS);
    final double[] centre = new double[k];
    for (int i = 0; i < k; i++) centre[i] = low + (i + 0.5) / k * (high - low);
    final double[] count = new double[k], sum = new double[k], squares = new double[k];
    for (int round = 0; round < K_MEANS_ROUNDS; round++) {
      Arrays.fill(count, 0);
      Arrays.fill(sum, 0);
      Arrays.fill(squares, 0);
      for (int b = 0; b < BINS; b++) {
        final double v = low + (b + 0.5) * width;
        int nearest = 0;
        for (int i = 1; i < k; i++)
          if (Math.abs(v - centre[i]) < Math.abs(v - centre[nearest])) nearest = i;
        count[nearest] += histogram[b];
        sum[nearest] += histogram[b] * v;
        squares[nearest] += histogram[b] * v * v;
      }
      for (int i = 0; i < k; i++) if (count[i] > 0) centre[i] = sum[i] / count[i];
    }
    final double total = Math.max(1e-9, Arrays.stream(count).sum());
    for (int i = 0; i < k; i++) {
      mean[i] = centre[i];
      variance[i] =
          count[i] > 0
              ? Math.max(
                  IntensityModel.SMALLEST_VARIANCE, squares[i] / count[i] - mean[i] * mean[i])
              : typical;
      weight[i] = (count[i] + 1e-3 * total) / (total * (1 + 1e-3 * k));
    }
  }
}
