package org.anatomicalpriors.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScheduleTest {

  @Test
  void learningRateRisesThenFallsToNothing() {
    final Schedule s = new Schedule(3000, 0.002, 0.1, 1);
    assertEquals(0.002 / 200, s.learningRate(0), 1e-9);
    for (int step = 1; step < 190; step++)
      assertTrue(s.learningRate(step) > s.learningRate(step - 1), "step " + step);
    for (int step = 200; step < 3000; step++)
      assertTrue(s.learningRate(step) < s.learningRate(step - 1), "step " + step);
    assertEquals(0.001, s.learningRate(1500), 1e-6);
    assertTrue(s.learningRate(2999) > 0 && s.learningRate(2999) < 1e-8);
  }

  @Test
  void divergenceWeightRisesByAConstantFactorAndStays() {
    final Schedule s = new Schedule(100, 0.1, 0.2, 0.5);
    final double factor = s.divergenceWeight(1) / s.divergenceWeight(0);
    assertTrue(factor > 1);
    for (int step = 1; step < 20; step++)
      assertEquals(factor, s.divergenceWeight(step) / s.divergenceWeight(step - 1), 1e-9);
    assertEquals(0.5, s.divergenceWeight(19), 1e-12);
    assertEquals(0.5, s.divergenceWeight(99), 1e-12);
    assertTrue(s.divergenceWeight(0) < 0.05);
  }

  @Test
  void shortTrainingsAndNoWarmUpWork() {
    final Schedule one = new Schedule(1, 0.1, 0, 1);
    assertEquals(0.1, one.learningRate(0), 1e-12);
    assertEquals(1, one.divergenceWeight(0), 1e-12);
  }
}
