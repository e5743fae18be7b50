package org.anatomicalpriors.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Intensities of several channels. */
class ChannelsTest {

  private static final int K = 3;
  private static final int F = 10;
  private static final int[] GROUPS = {0, 1, 1};
  private static final double[] TIE = {0.01, 0.005, 0.002, 0.005, 0.02, -0.01, 0.002, -0.01, 0.03};

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
        GROUPS, new int[] {0, 0, 1}, mean, covariance, new double[] {0.4, 0.6, 1}, TIE, strength);
  }

  private static float[] random(final int n, final long seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    final float[] x = new float[n];
    for (int i = 0; i < n; i++) x[i] = (float) random.nextDouble();
    return x;
  }

  /** Voxels of K channels by rows, not a number where unknown. */
  private static ImageVector image(final float... rows) {
    final float[][] raw = new float[K][rows.length / K];
    for (int i = 0; i < rows.length; i++) raw[i % K][i / K] = rows[i];
    return ImageVector.of(raw, new double[K], new double[] {1, 1, 1});
  }

  @Test
  void theLogDensityIsLinearInThePowers() {
    final IntensityModel m = model(5);
    final float[] b = m.coefficients();
    final ImageVector x = image(random(K * 10, 1));
    final double[] powers = new double[F];
    for (int v = 0; v < 10; v++) {
      PowerSums.of(x.values(), v * K, K, powers);
      for (int c = 0; c < 3; c++) {
        double log = 0;
        for (int f = 0; f < F; f++) log += powers[f] * b[f * 3 + c];
        assertEquals(Math.log(m.density(c, x, v) / m.weight(c)), log, 1e-5);
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
    final double[] mean = new double[K];
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
            k * (start.mean(2, a) - mean[a]) * (start.mean(2, b) - mean[b]) + k * TIE[a * K + b];
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
    final ImageVector x = image(0.2f, 0.5f, 0.7f, nan, 0.5f, nan, nan, nan, nan);
    final DensityBlock block = new DensityBlock(m);
    block.forEach(
        x,
        0,
        3,
        1,
        (voxels, count) -> {
          assertEquals(2, count); // of the third nothing is known
          final float[][] out = block.groups();
          assertEquals(IntensityModel.OUTLIERS + m.density(2, x, 0), out[1][0], 1e-6);
          final double d = 0.5 - m.mean(2, 1), variance = m.covariance(2, 1, 1);
          final double density =
              Math.exp(-d * d / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
          assertEquals(IntensityModel.OUTLIERS + density, out[1][1], 1e-6);
        });
  }

  @Test
  void voxelsWithUnknownChannelsNeverMakeTheLikelihoodFall() {
    final int n = 3000;
    final float[] rows = random(K * n, 5);
    final SplittableRandom random = new SplittableRandom(6);
    for (int v = 0; v < n; v++) {
      if (v % 2 == 0) rows[v * K] += 0.5f; // two kinds of voxels
      rows[v * K + 1] += rows[v * K];
      for (int a = 0; a < K; a++) if (random.nextDouble() < 0.4) rows[v * K + a] = Float.NaN;
    }
    final ImageVector x = image(rows);
    final float[] f = new float[2 * n];
    java.util.Arrays.fill(f, 0.5f);
    final GroupProbabilities p = GroupProbabilities.of(f, new int[] {0, 1});
    IntensityModel m = model(0);
    final double start = p.logLikelihood(x, m);
    double before = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < 40; i++) {
      final GroupProbabilities.Statistics s = p.statistics(x, m, 1);
      assertTrue(s.logLikelihood >= before - 1e-7 * Math.abs(before), "iteration " + i);
      before = s.logLikelihood;
      m = m.updated(s.sums);
    }
    assertTrue(before > start + 500, start + " to " + before);
  }

  /** What is the same in both channels counts once: the rarer group does not drown. */
  @Test
  void aChannelThatRepeatsAnotherChangesNothing() {
    final int n = 20_000;
    final Random random = new Random(8);
    final float[][] raw = new float[2][n];
    final float[] f = new float[3 * n];
    final boolean[] rare = new boolean[n];
    final double[] level = {0, 0.5, 0.65};
    for (int v = 0; v < n; v++) {
      final int group = v % 400 == 0 ? 2 : v % 2;
      rare[v] = group == 2;
      // A spread within each group that both channels share, as of partial volumes.
      final double shared = level[group] + 0.06 * random.nextGaussian();
      for (int c = 0; c < 2; c++) raw[c][v] = (float) (shared + 0.002 * random.nextGaussian());
      final boolean nearRare = v % 400 < 2;
      f[3 * v] = v % 2 == 0 && !nearRare ? 0.95f : 0.05f;
      f[3 * v + 2] = nearRare ? 0.6f : 0.01f;
      f[3 * v + 1] = 1 - f[3 * v] - f[3 * v + 2];
    }
    final double one = found(f, ImageVector.of(raw[0], 0, 1), rare);
    final double both = found(f, ImageVector.of(raw, new double[2], new double[] {1, 1}), rare);
    assertTrue(one > 0.6, "one " + one);
    assertEquals(one, both, 0.05);
  }

  /** Its start comes from the voxels that know a channel, not from those that know all. */
  @Test
  void aGroupThatOneChannelDoesNotCoverIsToldByTheOther() {
    final int n = 20_000;
    final Random random = new Random(9);
    final float[][] raw = new float[2][n];
    final float[] f = new float[3 * n];
    final boolean[] beyond = new boolean[n];
    final double[] level = {0.1, 0.4, 0.75};
    for (int v = 0; v < n; v++) {
      final boolean uncovered = v < n / 4;
      final int group = uncovered && v % 5 == 0 ? 2 : v % 2;
      beyond[v] = group == 2;
      raw[0][v] = (float) (level[group] + 0.1 * random.nextGaussian());
      raw[1][v] = uncovered ? Float.NaN : (float) (1 - level[group] + 0.1 * random.nextGaussian());
      f[3 * v + 2] = uncovered ? 0.3f : 2e-4f;
      f[3 * v + v % 2] = 0.8f * (1 - f[3 * v + 2]);
      f[3 * v + 1 - v % 2] = 0.2f * (1 - f[3 * v + 2]);
    }
    final double one = found(f, ImageVector.of(raw[0], 0, 1), beyond);
    final double both = found(f, ImageVector.of(raw, new double[2], new double[] {1, 1}), beyond);
    assertTrue(one > 0.75, "one " + one);
    assertTrue(both > one - 0.02, one + " alone, with a channel that ends before it " + both);
  }

  /** Dice of the voxels of the third group. */
  private static double found(final float[] f, final ImageVector x, final boolean[] rare) {
    final int[] groups = {0, 1, 2};
    final GroupProbabilities p = GroupProbabilities.of(f, groups);
    final IntensityModel start = IntensityStart.from(p, x, groups, 1, 200);
    final IntensityModel m = IntensityFit.run(p, x, start, 60).model();
    final byte[] best = LabelPosteriors.mostProbable(LabelPosteriors.of(f, x, m), 3);
    int both = 0, either = 0;
    for (int v = 0; v < best.length; v++) {
      if (rare[v] && best[v] == 2) both++;
      if (rare[v]) either++;
      if (best[v] == 2) either++;
    }
    return 2.0 * both / either;
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
