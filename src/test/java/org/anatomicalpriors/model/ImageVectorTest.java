package org.anatomicalpriors.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ImageVectorTest {

  @Test
  void scalesIntensitiesAndMasksWhatIsNoNumber() {
    final float[] raw = {10, Float.NaN, 30, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -10};
    final ImageVector x = ImageVector.of(raw, 10, 20);
    assertArrayEquals(new float[] {0, 0, 1, 0, 0, -1}, x.values(), 0f);
    assertArrayEquals(new float[] {1, 0, 1, 0, 0, 1}, x.mask(), 0f);
    assertEquals(3, x.counted());
    assertEquals(1, x.channels());
    assertEquals(-0.5, x.zero(0));
    assertEquals(30, x.raw(2, 0));
  }

  @Test
  void aVoxelCountsWhereAChannelIsKnown() {
    final float[][] raw = {{1, 2, Float.NaN, Float.NaN}, {30, Float.NaN, 50, Float.NaN}};
    final ImageVector x = ImageVector.of(raw, new double[] {1, 10}, new double[] {2, 20});
    assertArrayEquals(new float[] {0, 1, 0.5f, 0, 0, 2, 0, 0}, x.values(), 0f);
    assertArrayEquals(new float[] {1, 1, 1, 0}, x.mask(), 0f);
    assertArrayEquals(new float[] {1, 0, 0, 0}, x.complete(), 0f);
    final ImageVector within = x.within(v -> v != 1);
    assertArrayEquals(new float[] {1, 0, 1, 0}, within.mask(), 0f);
    assertEquals(2, within.counted());
    assertEquals(0, within.present(1));
    assertEquals(3, x.counted());
    assertEquals(1, x.countComplete());
    for (int v = 0; v < 4; v++) {
      assertEquals(new int[] {3, 1, 2, 0}[v], x.present(v));
      for (int c = 0; c < 2; c++) assertEquals(raw[c][v], x.raw(v, c));
    }
  }

  @Test
  void everyChannelIsDividedByItsOwnGain() {
    final ImageVector x =
        ImageVector.of(
            new float[][] {{8, 8}, {6, Float.NaN}}, new double[] {1, 2}, new double[] {2, 4});
    final float[][] logGain = {{(float) Math.log(2), 0}, {(float) Math.log(3), 1}};
    final ImageVector divided = x.dividedBy(c -> logGain[c]);
    assertEquals(4, divided.raw(0, 0), 1e-5);
    assertEquals(8, divided.raw(1, 0), 1e-5);
    assertEquals(2, divided.raw(0, 1), 1e-5);
    assertTrue(Float.isNaN(divided.raw(1, 1)));
  }
}
