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
    final int g = groups.groups();
    final int n = g - 1 + backgroundComponents;
    final int[] componentGroups = new int[n];
    for (int c = backgroundComponents; c < n; c++)
      componentGroups[c] = c - backgroundComponents + 1;
    final double[][] mean = new double[n][], covariance = new double[n][];
    final double[] weight = new double[n];
    final IntensityMoments moments = groups.moments(x);
    final double[] typical = moments.within(1, g - 1);
    for (int i = 0; i < typical.length; i++) typical[i] *= NARROWING;
    for (int c = backgroundComponents; c < n; c++) {
      mean[c] = moments.mean(componentGroups[c]);
      covariance[c] = moments.covariance(componentGroups[c], typical);
      weight[c] = 1;
    }
    new Split(groups, x, backgroundComponents).into(mean, covariance, weight, typical);
    return new IntensityModel(
        labelGroups, componentGroups, mean, covariance, weight, typical, strength);
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
      IntensityMoments found = moments();
      for (int round = 1; round < K_MEANS_ROUNDS; round++) {
        boolean same = true;
        for (int i = 0; i < parts; i++) {
          if (found.weight(i) <= 0) continue;
          final double[] moved = found.mean(i);
          same &= Arrays.equals(moved, centre[i]);
          centre[i] = moved;
        }
        if (same) break;
        found = moments();
      }
      double total = 1e-9;
      for (int i = 0; i < parts; i++) total += found.weight(i);
      for (int i = 0; i < parts; i++) {
        final boolean empty = found.weight(i) <= 0;
        mean[i] = empty ? centre[i] : found.mean(i);
        covariance[i] = empty ? typical : found.covariance(i, typical);
        weight[i] = (found.weight(i) + 1e-3 * total) / (total * (1 + 1e-3 * parts));
      }
    }

    /** Those of the voxels nearest to every centre. */
    private IntensityMoments moments() {
      final IntensityMoments m = new IntensityMoments(parts, channels);
      for (int v = 0; v < x.voxels(); v += step) {
        final float p = groups.rows()[v * groups.groups()];
        if (x.present(v) != 0 && p > 0) m.add(x, v, p, nearest(v));
      }
      return m;
    }

    private int nearest(final int voxel) {
      int nearest = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < parts; i++) {
        double squares = 0;
        for (int a = 0; a < channels; a++) {
          if (!x.isKnown(voxel, a)) continue;
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
