package org.anatomicalpriors.synthetic;

import java.util.SplittableRandom;

/**
 * Normally distributed numbers that are the same on every machine (Marsaglia's polar method with
 * {@link StrictMath}).
 */
final class GaussianRandom {

  private final SplittableRandom random;
  private double spare = Double.NaN;

  GaussianRandom(final long seed) {
    this(new SplittableRandom(seed));
  }

  private GaussianRandom(final SplittableRandom random) {
    this.random = random;
  }

  /** A generator whose numbers do not depend on how many are drawn from this one later. */
  GaussianRandom split() {
    return new GaussianRandom(random.split());
  }

  /** A seed for another generator. */
  long nextSeed() {
    return random.nextLong();
  }

  /** A number from N(0, 1). */
  double next() {
    if (!Double.isNaN(spare)) {
      final double value = spare;
      spare = Double.NaN;
      return value;
    }
    double u, v, s;
    do {
      u = 2 * random.nextDouble() - 1;
      v = 2 * random.nextDouble() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s == 0);
    final double scale = Math.sqrt(-2 * StrictMath.log(s) / s);
    spare = scale * v;
    return scale * u;
  }

  /** A number from N(0, sd^2), drawn again while it is beyond 2.5 sd. */
  double next(final double sd) {
    double value;
    do {
      value = next();
    } while (value < -2.5 || value > 2.5);
    return sd * value;
  }
}
