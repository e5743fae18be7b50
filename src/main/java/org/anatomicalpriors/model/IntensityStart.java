package org.anatomicalpriors.model;

import java.util.Arrays;

/**
 * First intensities of an image, from the prior's own label probabilities: moments of the voxels,
 * weighted by the probability of each group; the background, which has several components, is split
 * by weighted k-means.
 */
public final class IntensityStart {

  private static final int K_MEANS_ROUNDS = 30;

  /** So many voxels tell the components of the background. */
  private static final int ENOUGH = 100_000;

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
    final int g = groups.groups(), k = x.channels(), f = PowerSums.count(k);
    final int n = g - 1 + backgroundComponents;
    final int[] componentGroups = new int[n];
    for (int c = backgroundComponents; c < n; c++)
      componentGroups[c] = c - backgroundComponents + 1;
    final double[][] mean = new double[n][], covariance = new double[n][];
    final double[] weight = new double[n];
    final double[] moments = groups.moments(x);
    final double[] typical = new double[k * k]; // covariance within groups, their means apart
    double pooledCount = 0;
    for (int c = backgroundComponents; c < n; c++) {
      final int row = componentGroups[c] * f;
      mean[c] = mean(moments, row, k);
      covariance[c] = covariance(moments, row, mean[c]);
      weight[c] = 1;
      final double count = moments[row + PowerSums.one(k)];
      for (int i = 0; i < k * k; i++) typical[i] += NARROWING * count * covariance[c][i];
      pooledCount += count;
    }
    for (int i = 0; i < k * k; i++) typical[i] /= Math.max(pooledCount, 1e-9);
    for (int a = 0; a < k; a++)
      typical[a * k + a] = Math.max(IntensityModel.SMALLEST_VARIANCE, typical[a * k + a]);
    new Split(groups, x, backgroundComponents).into(mean, covariance, weight, typical);
    return new IntensityModel(
        labelGroups, componentGroups, mean, covariance, weight, typical, strength);
  }

  private static double[] mean(final double[] moments, final int row, final int k) {
    final double count = Math.max(moments[row + PowerSums.one(k)], 1e-9);
    final double[] mean = new double[k];
    for (int a = 0; a < k; a++) mean[a] = moments[row + PowerSums.linear(a, k)] / count;
    return mean;
  }

  private static double[] covariance(final double[] moments, final int row, final double[] mean) {
    final int k = mean.length;
    final double count = Math.max(moments[row + PowerSums.one(k)], 1e-9);
    final double[] covariance = new double[k * k];
    for (int a = 0; a < k; a++)
      for (int b = 0; b < k; b++)
        covariance[a * k + b] =
            moments[row + PowerSums.square(a, b, k)] / count - mean[a] * mean[b];
    for (int a = 0; a < k; a++)
      covariance[a * k + a] = Math.max(IntensityModel.SMALLEST_VARIANCE, covariance[a * k + a]);
    return covariance;
  }

  /** Spreads the components of the background over its intensities. */
  private static final class Split {
    private final GroupProbabilities groups;
    private final ImageVector x;
    private final int parts;
    private final int channels;
    private final int step;
    private final double[][] centre;

    Split(final GroupProbabilities groups, final ImageVector x, final int parts) {
      this.groups = groups;
      this.x = x;
      this.parts = parts;
      channels = x.channels();
      step = Math.max(1, x.voxels() / ENOUGH);
      centre = new double[parts][channels];
      for (int a = 0; a < channels; a++) {
        float low = Float.POSITIVE_INFINITY, high = Float.NEGATIVE_INFINITY;
        for (int v = 0; v < x.voxels(); v++)
          if (x.isKnown(v, a)) {
            low = Math.min(low, x.values()[v * channels + a]);
            high = Math.max(high, x.values()[v * channels + a]);
          }
        for (int i = 0; i < parts; i++) centre[i][a] = low + (i + 0.5) / parts * (high - low);
      }
    }

    void into(
        final double[][] mean,
        final double[][] covariance,
        final double[] weight,
        final double[] typical) {
      final int f = PowerSums.count(channels), one = PowerSums.one(channels);
      double[] sums = sums();
      for (int round = 1; round < K_MEANS_ROUNDS; round++) {
        final double[] before = sums;
        for (int i = 0; i < parts; i++)
          if (sums[i * f + one] > 0) centre[i] = mean(sums, i * f, channels);
        sums = sums();
        if (Arrays.equals(before, sums)) break;
      }
      double total = 1e-9;
      for (int i = 0; i < parts; i++) total += sums[i * f + one];
      for (int i = 0; i < parts; i++) {
        final boolean empty = sums[i * f + one] <= 0;
        mean[i] = empty ? centre[i] : mean(sums, i * f, channels);
        covariance[i] = empty ? typical : covariance(sums, i * f, mean[i]);
        weight[i] = (sums[i * f + one] + 1e-3 * total) / (total * (1 + 1e-3 * parts));
      }
    }

    /** The {@link PowerSums} of the voxels nearest to every centre, (parts, F). */
    private double[] sums() {
      final int f = PowerSums.count(channels);
      final double[] sums = new double[parts * f], powers = new double[f];
      for (int v = 0; v < x.voxels(); v += step) {
        final float p = groups.rows()[v * groups.groups()];
        if (!x.isComplete(v) || p == 0) continue;
        PowerSums.of(x.values(), v * channels, channels, powers);
        PowerSums.add(p, powers, sums, nearest(v) * f);
      }
      return sums;
    }

    private int nearest(final int voxel) {
      int nearest = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < parts; i++) {
        double squares = 0;
        for (int a = 0; a < channels; a++) {
          final double d = x.values()[voxel * channels + a] - centre[i][a];
          squares += d * d;
        }
        if (squares < least) {
          least = squares;
          nearest = i;
        }
      }
      return nearest;
    }
  }
}
