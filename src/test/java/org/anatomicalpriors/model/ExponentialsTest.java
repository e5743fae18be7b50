package org.anatomicalpriors.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ExponentialsTest {

  @Test
  void areCloseToTheExactOnes() {
    final int n = 48_001;
    final float[] x = new float[n];
    for (int i = 0; i < n; i++) x[i] = Exponentials.LEAST + i / 1000f;
    final float[] e = x.clone();
    Exponentials.of(e, n);
    for (int i = 0; i < n; i++) assertEquals(1, e[i] / Math.exp(x[i]), 2e-5, "e^" + x[i]);
    assertEquals(Exponentials.MOST, x[n - 1]);
    assertEquals(1, e[24_000]);
  }

  @Test
  void whatIsLessIsTakenForTheLeast() {
    final float[] e = {-24, -25, -1e9f, Float.NEGATIVE_INFINITY};
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
