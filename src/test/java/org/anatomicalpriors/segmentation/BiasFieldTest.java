package org.anatomicalpriors.segmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.anatomicalpriors.model.ImageVector;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.junit.jupiter.api.Test;

class BiasFieldTest {

  private static final double[] SPACING = {12, 12, 12};

  private static float[] slope(final double strength) {
    final float[] gain = new float[BlobStudy.GRID.voxelCount()];
    final int n = BlobStudy.N;
    for (int v = 0; v < gain.length; v++)
      gain[v] =
          (float)
              (strength * Math.sin((v % n - 11.5) / 10.0) * Math.cos((v / n % n - 11.5) / 14.0));
    return gain;
  }

  private static BiasField fitted(final float[] gain, final double stiffness, final int rounds) {
    final float[] p = BlobStudy.probabilities(11.5, 1);
    final ImageVector image = BlobStudy.image(p, gain, 1);
    final BiasField bias =
        new BiasField(0, BlobStudy.GRID, new FitGrid(BlobStudy.GRID), SPACING, stiffness);
    ImageVector corrected = image;
    for (int i = 0; i < rounds; i++) {
      bias.improve(BlobStudy.groups(p), image, corrected, BlobStudy.INTENSITIES);
      corrected = image.dividedBy(c -> bias.logGain());
    }
    return bias;
  }

  /** Largest difference over the structures, a common factor left out. */
  private static double worst(final float[] found, final float[] gain) {
    final float[] p = BlobStudy.probabilities(11.5, 1);
    double mean = 0, n = 0, worst = 0;
    for (int v = 0; v < gain.length; v++)
      if (p[3 * v] < 0.1) {
        mean += found[v] - gain[v];
        n++;
      }
    for (int v = 0; v < gain.length; v++)
      if (p[3 * v] < 0.1) worst = Math.max(worst, Math.abs(found[v] - gain[v] - mean / n));
    return worst;
  }

  @Test
  void aSmoothGainIsFound() {
    final float[] gain = slope(0.2);
    assertTrue(worst(new float[gain.length], gain) > 0.1);
    assertEquals(0, worst(fitted(gain, 1e-4, 4).logGain(), gain), 0.03);
  }

  @Test
  void withoutAGainNoneIsFound() {
    final float[] none = new float[BlobStudy.GRID.voxelCount()];
    assertEquals(0, worst(fitted(none, 1e-4, 4).logGain(), none), 0.01);
  }

  @Test
  void aStiffFieldBendsLess() {
    final float[] gain = slope(0.2);
    final double soft = worst(fitted(gain, 1e-4, 4).logGain(), gain);
    assertTrue(worst(fitted(gain, 1e3, 4).logGain(), gain) > 2 * soft);
  }

  @Test
  void anImageGetsTheFieldOnItsOwnVoxels() {
    final BiasField bias = fitted(slope(0.2), 1e-4, 2);
    final Grid fine =
        new Grid(
            new int[] {48, 48, 48},
            Affine.translation(-0.25, -0.25, -0.25).after(Affine.scale(0.5, 0.5, 0.5)),
            "mm");
    final float[] own = bias.logGain(fine, fine.toWorld(), 2), grid = bias.logGain();
    for (int z = 2; z < 46; z += 5)
      for (int x = 2; x < 46; x += 5) {
        final double px = 0.5 * x - 0.25, pz = 0.5 * z - 0.25;
        final int x0 = (int) px, z0 = (int) pz;
        final double fx = px - x0, fz = pz - z0;
        double expected = 0;
        for (int c = 0; c < 8; c++) {
          final int dx = c & 1, dy = c >> 1 & 1, dz = c >> 2;
          expected +=
              (dx == 1 ? fx : 1 - fx)
                  * (dy == 1 ? 0.75 : 0.25)
                  * (dz == 1 ? fz : 1 - fz)
                  * grid[((z0 + dz) * 24 + 11 + dy) * 24 + x0 + dx];
        }
        assertEquals(expected, own[(z * 48 + 24) * 48 + x], 1e-5);
      }
  }
}
