package org.anatomicalpriors.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DurationsTest {

  @Test
  void durationsAreInPlainUnits() {
    assertEquals("42 s", Durations.text(42.2));
    assertEquals("5 min", Durations.text(290));
    assertEquals("2 h 5 min", Durations.text(7500));
  }
}
