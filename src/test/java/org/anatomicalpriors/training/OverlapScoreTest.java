package org.anatomicalpriors.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OverlapScoreTest {

  @Test
  void isTheMeanDiceOfTheStructures() {
    final byte[] a = {0, 1, 1, 2, 2, 0, 1};
    final byte[] b = {0, 1, 2, 2, 2, 0, (byte) 255};
    assertEquals(0.5 * (2.0 / 3 + 4.0 / 5), OverlapScore.meanDice(a, b, 4), 1e-12);
    assertEquals(Double.NaN, OverlapScore.meanDice(new byte[3], new byte[3], 4));
  }
}
