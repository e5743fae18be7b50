package org.anatomicalpriors.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.anatomicalpriors.tensorflow.Gaussians;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expectation maximisation of simulated images: background (two components), two groups. */
class IntensityFitTest {

  private static final int VOXELS = 30_000;
  private static final int[] GROUPS = {0, 1, 2, 1};
  private static final double[] MEAN = {0.05, 1.1, 0.4, 0.7};
  private static final double[] DEVIATION = {0.02, 0.05, 0.06, 0.05};
  private static final double BRIGHT = 0.3;

  private final float[] f = new float[VOXELS * GROUPS.length];
  private final float[] values = new float[VOXELS];
  private final int[] truth = new int[VOXELS];

  /** Labels drawn from soft probabilities, intensities from the labels. */
  private void simulate(final long seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    final float[] noise = new float[VOXELS];
    Gaussians.fill(noise, random, 1);
    for (int v = 0; v < VOXELS; v++) {
      final int likely = v % GROUPS.length;
      double u = random.nextDouble();
      for (int l = 0; l < GROUPS.length; l++) {
        f[v * GROUPS.length + l] = l == likely ? 0.7f : 0.1f;
        u -= f[v * GROUPS.length + l];
        if (u < 0) {
          truth[v] = l;
          u = Double.POSITIVE_INFINITY;
        }
      }
      final int g = GROUPS[truth[v]];
      final int c = g > 0 ? g + 1 : random.nextDouble() < BRIGHT ? 1 : 0;
      values[v] = (float) (MEAN[c] + DEVIATION[c] * noise[v]);
    }
  }

  private GroupProbabilities groups() {
    return GroupProbabilities.of(f, GROUPS);
  }

  @Test
  void recoversTheIntensitiesOfASimulatedImage() {
    simulate(1);
    final ImageVector x = Fixtures.image(values);
    final IntensityModel start = IntensityStart.from(groups(), x, GROUPS, 2, 50);
    final IntensityModel m = IntensityFit.run(groups(), x, start, 100).model();
    assertEquals(4, m.components());
    for (int c = 0; c < 4; c++) {
      assertEquals(MEAN[c], m.mean(c, 0), 0.025, "mean of " + c);
      assertEquals(DEVIATION[c], Math.sqrt(m.covariance(c, 0, 0)), 0.015, "deviation of " + c);
    }
    assertEquals(BRIGHT, m.weight(1), 0.05);
  }

  @Test
  void likelihoodNeverFallsWithoutAPrior() {
    checkRising(0);
  }

  @Test
  void likelihoodTimesPriorNeverFalls() {
    checkRising(200);
  }

  /** What EM maximises: the likelihood and the conjugate prior's density, up to a constant. */
  private void checkRising(final double strength) {
    simulate(2);
    final ImageVector x = Fixtures.image(values);
    final double[] mean = {0.2, 0.3, 0.4, 0.5}, variance = {1, 1, 0.5, 0.5}, v0 = {0.1};
    IntensityModel m =
        new IntensityModel(
            GROUPS,
            new int[] {0, 0, 1, 2},
            mean,
            variance,
            new double[] {0.5, 0.5, 1, 1},
            v0[0],
            strength);
    double before = Double.NEGATIVE_INFINITY, first = 0;
    for (int i = 0; i < 30; i++) {
      final GroupProbabilities.Statistics s = groups().statistics(x, m, 1);
      double objective = s.logLikelihood;
      for (int c = 0; c < 4; c++) {
        final double d = m.mean(c, 0) - mean[c];
        objective -=
            strength
                * (0.5 * Math.log(m.covariance(c, 0, 0))
                    + (d * d + v0[0]) / (2 * m.covariance(c, 0, 0)));
        if (c < 2) objective += strength / 2 * Math.log(m.weight(c));
      }
      assertTrue(objective >= before - 1e-7 * Math.abs(before), "iteration " + i);
      if (i == 0) first = objective;
      before = objective;
      m = m.updated(s.sums);
    }
    assertTrue(before > first + 1000, "nothing was learned");
  }

  @Test
  void statisticsAreThoseOfADirectSum() {
    simulate(3);
    values[7] = Float.NaN;
    final ImageVector x = Fixtures.image(values);
    final IntensityModel m = Fixtures.intensities(3, GROUPS, new int[] {0, 0, 1, 2});
    final double[] sums = new double[12];
    double logLikelihood = 0, outliers = 0;
    for (int v = 0; v < VOXELS; v++) {
      if (v == 7) continue;
      double evidence = 0;
      for (int l = 0; l < GROUPS.length; l++)
        evidence += f[v * GROUPS.length + l] * Fixtures.density(m, l, values[v]);
      logLikelihood += Math.log(evidence);
      outliers += IntensityModel.OUTLIERS / evidence;
      for (int c = 0; c < 4; c++) {
        double g = 0;
        for (int l = 0; l < GROUPS.length; l++)
          if (GROUPS[l] == m.group(c)) g += f[v * GROUPS.length + l];
        final double r = g * m.density(c, x, v) / evidence;
        sums[3 * c] += r * values[v] * values[v];
        sums[3 * c + 1] += r * values[v];
        sums[3 * c + 2] += r;
      }
    }
    final GroupProbabilities.Statistics s = groups().statistics(x, m, 1);
    assertEquals(logLikelihood, s.logLikelihood, 1e-5 * Math.abs(logLikelihood));
    assertArrayEquals(sums, s.sums, 1e-4 * VOXELS);
    for (int i = 0; i < 12; i++) assertEquals(sums[i], s.sums[i], 1e-5 * sums[i] + 1e-6);
    double total = 0;
    for (int c = 0; c < 4; c++) total += s.sums[3 * c + 2];
    assertEquals(VOXELS - 1, total + outliers, 1e-6 * VOXELS);
  }

  @Test
  void fewerVoxelsGiveAboutTheSameStatistics() {
    simulate(4);
    final ImageVector x = Fixtures.image(values);
    final IntensityModel m = Fixtures.intensities(4, GROUPS, new int[] {0, 0, 1, 2});
    final double[] all = groups().statistics(x, m, 1).sums,
        some = groups().statistics(x, m, 3).sums;
    for (int i = 0; i < all.length; i++) assertEquals(all[i], some[i], 0.05 * all[i]);
  }

  @Test
  void groupWithoutVoxelsStaysAtItsPrior() {
    simulate(5);
    for (int v = 0; v < VOXELS; v++) {
      f[v * 4] += f[v * 4 + 2];
      f[v * 4 + 2] = 0;
    }
    final ImageVector x = Fixtures.image(values);
    final IntensityModel start =
        new IntensityModel(
            GROUPS,
            new int[] {0, 1, 2},
            new double[] {0.1, 0.4, 0.77},
            new double[] {0.1, 0.1, 0.1},
            new double[] {1, 1, 1},
            0.02,
            30);
    final IntensityModel m = IntensityFit.run(groups(), x, start, 20).model();
    assertEquals(0.77, m.mean(2, 0), 1e-9);
    assertEquals(0.02, m.covariance(2, 0, 0), 1e-9);
    assertEquals(1, m.weight(2), 1e-9);
  }

  @Test
  void groupWithoutVoxelsDoesNoHarmToTheStart() {
    simulate(6);
    for (int v = 0; v < VOXELS; v++) {
      f[v * 4] += f[v * 4 + 2];
      f[v * 4 + 2] = 0;
    }
    final ImageVector x = Fixtures.image(values);
    final IntensityModel start = IntensityStart.from(groups(), x, GROUPS, 2, 50);
    final IntensityFit fit = IntensityFit.run(groups(), x, start, 20);
    for (int c = 0; c < 4; c++) {
      assertTrue(Double.isFinite(fit.model().mean(c, 0)));
      assertTrue(
          fit.model().covariance(c, 0, 0) > 0 && Double.isFinite(fit.model().covariance(c, 0, 0)));
    }
    assertTrue(Double.isFinite(fit.logLikelihood()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6})
  void startHasTheGroupsInTheirOrderAndSharesThatSumToOne(final int components) {
    simulate(7);
    final IntensityModel m =
        IntensityStart.from(groups(), Fixtures.image(values), GROUPS, components, 50);
    assertEquals(components + 2, m.components());
    double share = 0;
    for (int c = 0; c < components; c++) {
      assertEquals(0, m.group(c));
      assertTrue(m.covariance(c, 0, 0) > 0);
      if (c > 0)
        assertTrue(m.mean(c, 0) > m.mean(c - 1, 0), "background components in rising order");
      share += m.weight(c);
    }
    assertEquals(1, share, 1e-9);
    assertTrue(m.mean(components, 0) < m.mean(components + 1, 0), "group 1 is darker than group 2");
  }

  @Test
  void constantImageIsSurvived() {
    simulate(8);
    Arrays.fill(values, 0.5f);
    final ImageVector x = Fixtures.image(values);
    final IntensityModel start = IntensityStart.from(groups(), x, GROUPS, 3, 50);
    final IntensityFit fit = IntensityFit.run(groups(), x, start, 20);
    for (int c = 0; c < fit.model().components(); c++) {
      assertTrue(Double.isFinite(fit.model().mean(c, 0)));
      assertTrue(fit.model().covariance(c, 0, 0) >= IntensityModel.SMALLEST_VARIANCE);
    }
  }

  @Test
  void voxelsOutsideTheFieldOfViewChangeNothing() {
    simulate(9);
    final float[] cut = values.clone();
    final float[] without = new float[VOXELS - VOXELS / 10];
    final float[] fWithout = new float[without.length * GROUPS.length];
    for (int v = 0, n = 0; v < VOXELS; v++) {
      if (v % 10 == 3) {
        cut[v] = v % 20 == 3 ? Float.NaN : Float.NEGATIVE_INFINITY;
        continue;
      }
      without[n] = values[v];
      System.arraycopy(f, v * 4, fWithout, 4 * n++, 4);
    }
    final ImageVector masked = Fixtures.image(cut), shorter = Fixtures.image(without);
    assertEquals(without.length, masked.counted());
    final GroupProbabilities there = GroupProbabilities.of(fWithout, GROUPS);
    final IntensityModel a = IntensityStart.from(groups(), masked, GROUPS, 2, 50);
    final IntensityModel b = IntensityStart.from(there, shorter, GROUPS, 2, 50);
    final IntensityFit fitA = IntensityFit.run(groups(), masked, a, 4);
    final IntensityFit fitB = IntensityFit.run(there, shorter, b, 4);
    for (int c = 0; c < 4; c++) {
      assertEquals(b.mean(c, 0), a.mean(c, 0), 1e-9);
      // Other voxels meet in a block, whose statistics are floats.
      assertEquals(fitB.model().mean(c, 0), fitA.model().mean(c, 0), 1e-7);
      assertEquals(fitB.model().covariance(c, 0, 0), fitA.model().covariance(c, 0, 0), 1e-7);
    }
    assertEquals(fitB.logLikelihood(), fitA.logLikelihood(), 1e-6 * VOXELS);
  }

  @Test
  void sameImageGivesTheSameFitHoweverOften() {
    simulate(10);
    final ImageVector x = Fixtures.image(values);
    final IntensityModel start = IntensityStart.from(groups(), x, GROUPS, 2, 50);
    final double first = IntensityFit.run(groups(), x, start, 10).logLikelihood();
    for (int i = 0; i < 5; i++)
      assertEquals(first, IntensityFit.run(groups(), x, start, 10).logLikelihood(), 0.0);
  }
}
