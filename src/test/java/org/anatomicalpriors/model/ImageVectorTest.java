package org.anatomicalpriors.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ImageVectorTest {

  @Test
  void scalesIntensitiesAndMasksWhatIsNoNumber() {
    final float[] raw = {10, Float.NaN, 30, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -10};
    final ImageVector x = ImageVector.of(raw, 10, 20);
    assertArrayEquals(new float[] {0, 0, 1, 0, 0, -1}, x.values(), 0f);
    assertArrayEquals(new float[] {1, 0, 1, 0, 0, 1}, x.mask(), 0f);
    assertEquals(3, x.counted());
    assertEquals(10, x.offset());
    assertEquals(20, x.scale());
  }
}
