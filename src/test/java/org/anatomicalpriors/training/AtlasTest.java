package org.anatomicalpriors.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.anatomicalpriors.space.Grid;
import org.junit.jupiter.api.Test;

class AtlasTest {

  private static final double ROUNDING = 1.0 / 32;

  private static Grid grid(final int x, final int y, final int z) {
    return Grid.centred(new int[] {x, y, z}, new double[] {1, 1, 1}, new double[3], "mm");
  }

  private static byte[] bytes(final int... v) {
    final byte[] b = new byte[v.length];
    for (int i = 0; i < v.length; i++) b[i] = (byte) v[i];
    return b;
  }

  @Test
  void sharesAreFrequenciesWithAFloor() {
    final float[] log =
        ToyData.atlas(
            List.of(bytes(0, 1, 255), bytes(1, 1, 255), bytes(1, 1, 2), bytes(1, 1, 255)),
            grid(3, 1, 1),
            3,
            null,
            0);
    final double floor = 0.0002 / 3;
    final double[] expected = {0.25, 0.75, 0, 0, 1, 0, 0, 0, 1};
    for (int i = 0; i < 9; i++)
      assertEquals(Math.log(expected[i] * 0.9998 + floor), log[i], ROUNDING, "at " + i);
  }

  @Test
  void whatNoMapKnowsIsBackground() {
    final float[] log = ToyData.atlas(List.of(bytes(255, 1)), grid(2, 1, 1), 2, null, 0);
    assertTrue(log[0] > log[1] + 5);
    assertTrue(log[3] > log[2] + 5);
  }

  @Test
  void mirroredMapsSwapTheirLabels() {
    // A row of left (1), background, right (2): its mirror image is itself.
    final int[] mirror = {0, 2, 1};
    final float[] symmetric = ToyData.atlas(List.of(bytes(1, 0, 2)), grid(3, 1, 1), 3, mirror, 0);
    final float[] plain = ToyData.atlas(List.of(bytes(1, 0, 2)), grid(3, 1, 1), 3, null, 0);
    assertArrayEquals(plain, symmetric, 0f);
    final float[] lopsided = ToyData.atlas(List.of(bytes(1, 0, 0)), grid(3, 1, 1), 3, mirror, 0);
    assertEquals(lopsided[1], lopsided[3 * 2 + 2]);
    assertEquals(Math.log(0.5), lopsided[1], 2 * ROUNDING);
  }

  @Test
  void smoothingIsANormalisedGaussianAlongEveryAxis() {
    final int n = 9;
    final byte[] map = new byte[n * n * n];
    map[(4 * n + 4) * n + 4] = 1;
    final float[] log = ToyData.atlas(List.of(map), grid(n, n, n), 2, null, 1);
    double sum = 0;
    for (int v = 0; v < map.length; v++) sum += (Math.exp(log[2 * v + 1]) - 0.0001) / 0.9998;
    assertEquals(1, sum, 0.1);
    final int centre = (4 * n + 4) * n + 4;
    assertEquals(log[2 * (centre + 1) + 1], log[2 * (centre - n) + 1]);
    assertEquals(log[2 * (centre + 1) + 1], log[2 * (centre + n * n) + 1]);
    final double gaussian = 1 / Math.pow(2.507, 3);
    assertEquals(Math.log(gaussian * 0.9998 + 0.0001), log[2 * centre + 1], 2 * ROUNDING);
  }

  @Test
  void borderVoxelsGoOnOutside() {
    final byte[] map = new byte[12];
    java.util.Arrays.fill(map, (byte) 1);
    final float[] log = ToyData.atlas(List.of(map), grid(4, 3, 1), 2, null, 2);
    for (int v = 0; v < 12; v++) assertEquals(log[1], log[2 * v + 1]);
    assertEquals(Math.log(0.999), log[1], ROUNDING);
  }
}
