package org.anatomicalpriors.segmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LabelTallyTest {

  private static float[] logs(final double... p) {
    final float[] s = new float[p.length];
    for (int l = 0; l < p.length; l++) s[l] = (float) Math.log(p[l]) + 3; // any constant
    return s;
  }

  @Test
  void countsWhatWonAndWhatIsExpected() {
    final LabelTally tally = new LabelTally(3, new int[] {2, 1, 2});
    tally.add(0, logs(0.6, 0.4, 0));
    tally.add(1, logs(0.1, 0.9, 0));
    tally.add(2, logs(0.3, 0.7, 0));
    assertArrayEquals(new byte[] {0, 1, 1, 0}, tally.winners());
    assertArrayEquals(new double[] {0.6, 0.8, Double.NaN}, tally.confidence(), 1e-6);
    assertEquals(2 * 0.6 / (1 + 1.0), tally.expectedDice()[0], 1e-6);
    assertEquals(2 * 1.6 / (2 + 2.0), tally.expectedDice()[1], 1e-6);
    assertTrue(Double.isNaN(tally.expectedDice()[2]));
  }

  /** Truths drawn from the probabilities have, on average, the Dice that is expected. */
  @Test
  void expectedDiceIsThatOfTruthsDrawnFromTheProbabilities() {
    final SplittableRandom random = new SplittableRandom(5);
    final int n = 4000;
    final LabelTally tally = new LabelTally(2, new int[] {n, 1, 1});
    final double[] p = new double[n];
    for (int v = 0; v < n; v++) {
      p[v] = Math.pow(random.nextDouble(), 2);
      tally.add(v, logs(1 - p[v], p[v]));
    }
    double mean = 0;
    final int draws = 200;
    for (int d = 0; d < draws; d++) {
      int shared = 0, size = 0, won = 0;
      for (int v = 0; v < n; v++) {
        final boolean truth = random.nextDouble() < p[v], winner = tally.winners()[v] == 1;
        if (truth) size++;
        if (winner) won++;
        if (truth && winner) shared++;
      }
      mean += 2.0 * shared / (size + won) / draws;
    }
    assertEquals(mean, tally.expectedDice()[1], 0.005);
  }
}
