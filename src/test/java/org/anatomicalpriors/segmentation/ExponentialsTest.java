package org.anatomicalpriors.segmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ExponentialsTest {

  @Test
  void areCloseToTheExactOnes() {
    final int n = 16_001;
    final float[] x = new float[n];
    for (int i = 0; i < n; i++) x[i] = -i / 1000f;
    final float[] e = x.clone();
    Exponentials.of(e, n);
    for (int i = 0; i < n; i++) assertEquals(1, e[i] / Math.exp(x[i]), 1e-5, "e^" + x[i]);
    assertEquals(1, e[0]);
  }

  @Test
  void whatIsLessIsTakenForTheLeast() {
    final float[] e = {-16, -17, -1e9f, Float.NEGATIVE_INFINITY};
    Exponentials.of(e, e.length);
    for (final float value : e) assertEquals(e[0], value);
  }

  @Test
  void whatIsNotAskedForStays() {
    final float[] e = {-1, -1};
    Exponentials.of(e, 1);
    assertEquals(-1, e[1]);
  }
}
