package org.anatomicalpriors.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IntensityModelTest {

  private static final int[] COMPONENT_GROUPS = {0, 0, 1};

  @Test
  void updateIsTheMaximumOfTheWeightedLikelihoodAndTheConjugatePrior() {
    // Five voxels with given responsibilities of the three components.
    final double[] x = {0.1, 0.4, 0.5, 0.9, 1.3};
    final double[][] r = {
      {0.5, 0.3, 0.2}, {0.1, 0.2, 0.7}, {0, 0, 1}, {0.3, 0.6, 0.1}, {0.2, 0.2, 0.6}
    };
    final double k = 5, v0 = 0.3;
    final IntensityModel start = Fixtures.intensities(1);
    final double[] statistics = new double[9];
    for (int v = 0; v < x.length; v++)
      for (int c = 0; c < 3; c++) {
        statistics[3 * c] += r[v][c] * x[v] * x[v];
        statistics[3 * c + 1] += r[v][c] * x[v];
        statistics[3 * c + 2] += r[v][c];
      }
    final IntensityModel m = start.updated(statistics);
    for (int c = 0; c < 3; c++) {
      // The prior counts as k voxels at its mean with its variance, seen one by one.
      double n = k, sum = k * start.mean(c, 0);
      for (int v = 0; v < x.length; v++) {
        n += r[v][c];
        sum += r[v][c] * x[v];
      }
      final double mean = sum / n;
      double scatter = k * (v0 + (start.mean(c, 0) - mean) * (start.mean(c, 0) - mean));
      for (int v = 0; v < x.length; v++) scatter += r[v][c] * (x[v] - mean) * (x[v] - mean);
      assertEquals(mean, m.mean(c, 0), 1e-12);
      assertEquals(scatter / n, m.covariance(c, 0, 0), 1e-12);
    }
    final double n0 = statistics[2], n1 = statistics[5];
    assertEquals((n0 + k / 2) / (n0 + n1 + k), m.weight(0), 1e-12);
    assertEquals(1, m.weight(0) + m.weight(1), 1e-12);
    assertEquals(1, m.weight(2), 1e-12);
  }

  @Test
  void secondUpdateIsTiedToTheFirstStartNotToTheFirstUpdate() {
    final IntensityModel start = Fixtures.intensities(2);
    final double[] much = new double[9];
    for (int c = 0; c < 3; c++) {
      much[3 * c] = 1e6;
      much[3 * c + 1] = 1e5;
      much[3 * c + 2] = 1e5;
    }
    final IntensityModel back = start.updated(much).updated(new double[9]);
    for (int c = 0; c < 3; c++) assertEquals(start.mean(c, 0), back.mean(c, 0), 1e-12);
  }

  @Test
  void componentsWithoutVoxelsStayAtTheirPrior() {
    final IntensityModel start = Fixtures.intensities(3);
    final IntensityModel m = start.updated(new double[9]);
    for (int c = 0; c < 3; c++) {
      assertEquals(start.mean(c, 0), m.mean(c, 0), 1e-12);
      assertEquals(0.3, m.covariance(c, 0, 0), 1e-12);
    }
    assertEquals(0.5, m.weight(0), 1e-12);
  }

  @Test
  void varianceNeverCollapses() {
    final IntensityModel start =
        new IntensityModel(
            new int[] {0},
            new int[] {0},
            new double[] {0},
            new double[] {1},
            new double[] {1},
            1,
            0);
    final IntensityModel m = start.updated(new double[] {4e6, 2e6, 1e6});
    assertEquals(2, m.mean(0, 0), 1e-12);
    assertEquals(IntensityModel.SMALLEST_VARIANCE, m.covariance(0, 0, 0));
  }

  @Test
  void coefficientsAndMembershipGiveTheDensities() {
    final SplittableRandom random = new SplittableRandom(4);
    final IntensityModel m = Fixtures.intensities(4, Fixtures.LABEL_GROUPS, COMPONENT_GROUPS);
    final float[] b = m.coefficients(), member = m.membership();
    for (int i = 0; i < 20; i++) {
      final float x = (float) (4 * random.nextDouble() - 2);
      final double[] densities = new double[3];
      Arrays.fill(densities, IntensityModel.OUTLIERS);
      for (int c = 0; c < 3; c++) {
        final double log = (double) b[c] * x * x + (double) b[3 + c] * x + b[6 + c];
        assertEquals(
            Math.log(m.density(c, Fixtures.image(x), 0) / m.weight(c)),
            log,
            1e-5 * (1 + Math.abs(log)));
        for (int l = 0; l < 3; l++) densities[l] += member[3 * c + l] * Math.exp(log);
      }
      for (int l = 0; l < 3; l++)
        assertEquals(Fixtures.density(m, l, x), densities[l], 1e-5 * (1 + densities[l]));
    }
  }

  @Test
  void startIsNotChangedByAnUpdate() {
    final IntensityModel m = Fixtures.intensities(5);
    final double[] before = {m.mean(0, 0), m.covariance(1, 0, 0), m.weight(2)};
    assertTrue(m.updated(new double[] {9, 9, 9, 9, 9, 9, 9, 9, 9}) != m);
    assertArrayEquals(before, new double[] {m.mean(0, 0), m.covariance(1, 0, 0), m.weight(2)});
  }
}
