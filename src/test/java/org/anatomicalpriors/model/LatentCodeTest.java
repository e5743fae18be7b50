package org.anatomicalpriors.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatentCodeTest {

  private static final float[] MEAN = {2, -1};
  private static final float[] LOG_VARIANCE = {0, -2};

  @Test
  void divergenceAgreesWithNumericalIntegration() {
    double kl = 0;
    for (int i = 0; i < 2; i++) {
      final double variance = Math.exp(LOG_VARIANCE[i]), h = 1e-3;
      for (double z = -12; z < 12; z += h) {
        final double d = z - MEAN[i];
        final double logQ = -0.5 * (d * d / variance + Math.log(2 * Math.PI * variance));
        final double logP = -0.5 * (z * z + Math.log(2 * Math.PI));
        kl += h * Math.exp(logQ) * (logQ - logP);
      }
    }
    assertEquals(kl, new LatentCode(MEAN, LOG_VARIANCE).divergence(), 1e-6);
    assertEquals(0, new LatentCode(new float[3], new float[3]).divergence());
  }

  @Test
  void samplesHaveTheMeanAndVariance() {
    final LatentCode q = new LatentCode(MEAN, LOG_VARIANCE);
    final SplittableRandom random = new SplittableRandom(1);
    final int n = 20_000;
    final double[] sum = new double[2], squares = new double[2];
    for (int k = 0; k < n; k++) {
      final float[] z = q.sample(random);
      for (int i = 0; i < 2; i++) {
        sum[i] += z[i];
        squares[i] += (z[i] - MEAN[i]) * (z[i] - MEAN[i]);
      }
    }
    for (int i = 0; i < 2; i++) {
      assertEquals(MEAN[i], sum[i] / n, 0.03);
      assertEquals(1, squares[i] / n / Math.exp(LOG_VARIANCE[i]), 0.05);
    }
    assertArrayEquals(q.sample(new SplittableRandom(5)), q.sample(new SplittableRandom(5)), 0f);
  }

  @Test
  void arraysHandedOutAreCopies() {
    final LatentCode q = new LatentCode(MEAN.clone(), LOG_VARIANCE.clone());
    q.mean()[0] = 9;
    q.logVariance()[0] = 9;
    assertArrayEquals(MEAN, q.mean(), 0f);
    assertArrayEquals(LOG_VARIANCE, q.logVariance(), 0f);
  }
}
