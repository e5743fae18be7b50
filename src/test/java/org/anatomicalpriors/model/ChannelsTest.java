package org.anatomicalpriors.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Intensities of several channels. */
class ChannelsTest {

  private static final int K = 3;
  private static final int F = 10;
  private static final int[] GROUPS = {0, 1, 1};

  /** Three components, of which the first two are the background's. */
  private static IntensityModel model(final double strength) {
    final SplittableRandom random = new SplittableRandom(2);
    final double[][] mean = new double[3][K], covariance = new double[3][K * K];
    for (int c = 0; c < 3; c++)
      for (int a = 0; a < K; a++) {
        mean[c][a] = random.nextDouble();
        for (int b = 0; b < K; b++)
          covariance[c][a * K + b] = a == b ? 0.1 + 0.02 * c : 0.03 * (c - 1);
      }
    return new IntensityModel(
        GROUPS,
        new int[] {0, 0, 1},
        mean,
        covariance,
        new double[] {0.4, 0.6, 1},
        new double[] {0.01, 0.02, 0.03},
        strength);
  }

  private static float[] random(final int n, final long seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    final float[] x = new float[n];
    for (int i = 0; i < n; i++) x[i] = (float) random.nextDouble();
    return x;
  }

  @Test
  void theLogDensityIsLinearInThePowers() {
    final IntensityModel m = model(5);
    final float[] b = m.coefficients(), x = random(K * 10, 1);
    final double[] powers = new double[F];
    for (int v = 0; v < 10; v++) {
      PowerSums.of(x, v * K, K, powers);
      for (int c = 0; c < 3; c++) {
        double log = 0;
        for (int f = 0; f < F; f++) log += powers[f] * b[f * 3 + c];
        assertEquals(m.logDensity(c, x, v * K), log, 1e-5);
      }
    }
  }

  @Test
  void anUpdateIsTheMeanAndCovarianceWithThePriorAsVoxels() {
    final int n = 40;
    final double k = 7;
    final IntensityModel start = model(k);
    final float[] x = random(n * K, 3), r = random(n, 4);
    final double[] statistics = new double[3 * F], powers = new double[F];
    for (int v = 0; v < n; v++) {
      PowerSums.of(x, v * K, K, powers);
      PowerSums.add(r[v], powers, statistics, 2 * F);
    }
    final IntensityModel m = start.updated(statistics);
    final double[] tie = {0.01, 0.02, 0.03}, mean = new double[K];
    double count = k;
    for (int v = 0; v < n; v++) count += r[v];
    for (int a = 0; a < K; a++) {
      mean[a] = k * start.mean(2, a) / count;
      for (int v = 0; v < n; v++) mean[a] += (double) r[v] * x[v * K + a] / count;
      assertEquals(mean[a], m.mean(2, a), 1e-9);
    }
    for (int a = 0; a < K; a++)
      for (int b = 0; b < K; b++) {
        double sum =
            k * (start.mean(2, a) - mean[a]) * (start.mean(2, b) - mean[b])
                + (a == b ? k * tie[a] : 0);
        for (int v = 0; v < n; v++)
          sum += r[v] * (x[v * K + a] - mean[a]) * (x[v * K + b] - mean[b]);
        assertEquals(sum / count, m.covariance(2, a, b), 1e-9);
      }
    assertArrayEquals(m.state(), start.withState(m.state()).state());
  }

  @Test
  void whatIsKnownOfAVoxelCounts() {
    final IntensityModel m = model(5);
    final float nan = Float.NaN;
    final float[][] raw = {{0.2f, nan, nan}, {0.5f, 0.5f, nan}, {0.7f, nan, nan}};
    final ImageVector x = ImageVector.of(raw, new double[K], new double[] {1, 1, 1});
    final double[] out = new double[2];
    assertTrue(m.groupDensities(x, 0, out));
    assertEquals(
        IntensityModel.OUTLIERS + Math.exp(m.logDensity(2, new float[] {0.2f, 0.5f, 0.7f}, 0)),
        out[1],
        1e-9);
    assertTrue(m.groupDensities(x, 1, out));
    final double d = 0.5 - m.mean(2, 1), variance = m.covariance(2, 1, 1);
    assertEquals(
        IntensityModel.OUTLIERS
            + Math.exp(-d * d / (2 * variance)) / Math.sqrt(2 * Math.PI * variance),
        out[1],
        1e-7);
    assertFalse(m.groupDensities(x, 2, out));
  }

  /**
   * Two groups that overlap in either channel and not in both together: what lies between them is
   * the sum of the channels, and their difference tells nothing.
   */
  @Test
  void groupsThatOnlyBothChannelsTellApartAreFound() {
    final int n = 6000;
    final SplittableRandom random = new SplittableRandom(7);
    final float[][] raw = new float[2][n];
    final float[] f = new float[2 * n];
    final boolean[] second = new boolean[n];
    for (int v = 0; v < n; v++) {
      second[v] = random.nextDouble() < 0.5;
      final double common = 2 * random.nextDouble() - 1;
      for (int c = 0; c < 2; c++)
        raw[c][v] =
            (float)
                ((c == 0 ? common : -common)
                    + (second[v] ? 0.3 : 0)
                    + 0.05 * (random.nextDouble() - 0.5));
      // The prior is right more often than not.
      final float right = 0.6f;
      f[2 * v + (second[v] ? 1 : 0)] = right;
      f[2 * v + (second[v] ? 0 : 1)] = 1 - right;
    }
    final double both = right(f, ImageVector.of(raw, new double[2], new double[] {1, 1}), second);
    final double one = right(f, ImageVector.of(raw[0], 0, 1), second);
    assertTrue(both > 0.99, "both " + both);
    assertTrue(one < 0.8, "one " + one);
  }

  /** Share of voxels that the posterior labels rightly. */
  private static double right(final float[] f, final ImageVector x, final boolean[] second) {
    final int[] groups = {0, 1};
    final GroupProbabilities p = GroupProbabilities.of(f, groups);
    final IntensityModel start = IntensityStart.from(p, x, groups, 1, 20);
    final IntensityFit fit = IntensityFit.run(p, x, start, 60);
    assertTrue(fit.logLikelihood() > p.logLikelihood(x, start));
    final byte[] best = LabelPosteriors.mostProbable(LabelPosteriors.of(f, x, fit.model()), 2);
    int right = 0;
    for (int v = 0; v < best.length; v++) if (best[v] == 1 == second[v]) right++;
    return right / (double) best.length;
  }
}
