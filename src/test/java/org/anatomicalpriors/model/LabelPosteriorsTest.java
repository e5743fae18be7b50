package org.anatomicalpriors.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LabelPosteriorsTest {

  private static final int VOXELS = 40;

  private static float[] probabilities() {
    final double[] f = Fixtures.softmax(Fixtures.gaussians(1, 3 * VOXELS, 2), 3);
    final float[] p = new float[f.length];
    for (int i = 0; i < f.length; i++) p[i] = (float) f[i];
    return p;
  }

  @Test
  void areBayesRuleAndThePriorWhereThereIsNoValue() {
    final float[] raw = Fixtures.gaussians(2, VOXELS, 1);
    raw[7] = Float.NaN;
    final IntensityModel m = Fixtures.intensities(3);
    final float[] f = probabilities();
    final float[] p = LabelPosteriors.of(f, Fixtures.image(raw), m);
    for (int v = 0; v < VOXELS; v++) {
      double total = 0;
      for (int l = 0; l < 3; l++) total += f[3 * v + l] * Fixtures.density(m, l, raw[v]);
      for (int l = 0; l < 3; l++)
        assertEquals(
            v == 7 ? f[3 * v + l] : f[3 * v + l] * Fixtures.density(m, l, raw[v]) / total,
            p[3 * v + l],
            2e-5); // the relative error of the exponentials
    }
  }

  @Test
  void tinyProbabilitiesDoNotVanish() {
    final IntensityModel m = Fixtures.intensities(3);
    final float[] f = {1e-42f, 1 - 1e-6f, 1e-6f};
    final float[] p = LabelPosteriors.of(f, Fixtures.image(60f), m);
    assertEquals(1, p[0] + p[1] + p[2], 1e-6);
    // So far from every Gaussian that a certain prior is all that is left.
    assertArrayEquals(
        new float[] {0, 1, 0},
        LabelPosteriors.of(new float[] {0, 1, 0}, Fixtures.image(1e5f), m),
        0f);
  }

  @Test
  void theFirstOfEqualsIsMostProbable() {
    assertArrayEquals(
        new byte[] {1, 0, 2},
        LabelPosteriors.mostProbable(new float[] {.2f, .5f, .3f, .4f, .4f, .2f, .1f, .2f, .7f}, 3));
  }
}
