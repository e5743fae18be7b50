package org.anatomicalpriors.training;

import java.util.SplittableRandom;

/** Random numbers that depend on the seed, their purpose and the step alone. */
final class Seeds {

  /** Odd constant of the golden ratio: neighbouring numbers land far apart. */
  private static final long STRIDE = 0x9E3779B97F4A7C15L;

  private Seeds() {}

  static SplittableRandom at(final long seed, final String purpose, final long step) {
    return new SplittableRandom((seed * STRIDE + purpose.hashCode()) * STRIDE + step).split();
  }
}
