package org.anatomicalpriors.tensorflow;

import java.util.SplittableRandom;

/** Seeded normal random numbers, the same on every machine. */
public final class Gaussians {

  private Gaussians() {}

  /** Fills {@code out} with draws from N(0, deviation^2). */
  public static void fill(
      final float[] out, final SplittableRandom random, final double deviation) {
    for (int i = 0; i < out.length; i += 2) {
      // Box and Muller (1958); StrictMath, so that machines agree to the last bit.
      final double r = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
      final double phi = 2 * Math.PI * random.nextDouble();
      out[i] = (float) (deviation * r * StrictMath.cos(phi));
      if (i + 1 < out.length) out[i + 1] = (float) (deviation * r * StrictMath.sin(phi));
    }
  }
}
