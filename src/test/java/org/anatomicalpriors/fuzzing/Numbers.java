package org.anatomicalpriors.fuzzing;

import java.util.SplittableRandom;

/** Numbers at which readers go wrong: limits of types, sizes of headers, and what is no number. */
final class Numbers {

  private static final double[] INTERESTING = {
    0,
    1,
    -1,
    2,
    3,
    4,
    7,
    8,
    9,
    15,
    16,
    17,
    32,
    100,
    127,
    128,
    255,
    256,
    257,
    347,
    348,
    349,
    351,
    352,
    353,
    512,
    540,
    544,
    1024,
    4096,
    32767,
    -32768,
    65535,
    65536,
    1 << 20,
    1 << 24,
    1 << 28,
    1 << 30,
    Integer.MAX_VALUE - 8,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    2147483648.0,
    4294967295.0,
    4294967296.0,
    9007199254740992.0,
    9.223372036854775807e18,
    -9.3e18,
    0.5,
    -0.0,
    1e-45,
    1e-310,
    1e-10,
    1e10,
    1e30,
    -1e30,
    3.4e38,
    1e200,
    1e308,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };

  private Numbers() {}

  static double any(final SplittableRandom random) {
    final int kind = random.nextInt(8);
    if (kind == 0) return random.nextInt();
    if (kind == 1) return random.nextInt(1000);
    return INTERESTING[random.nextInt(INTERESTING.length)];
  }
}
