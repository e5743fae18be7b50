package org.anatomicalpriors.training;

/** How the learning rate and the divergence's weight change over a training. */
final class Schedule {

  /** Share of the steps, and at most so many, over which the learning rate rises. */
  private static final double RISE = 0.1;

  private static final long LONGEST_RISE = 200;

  /** Share of the divergence's weight at the first step. */
  private static final double FIRST_WEIGHT = 1e-3;

  private final long steps;
  private final double learningRate;
  private final double warmUp;
  private final double weight;

  Schedule(final long steps, final double learningRate, final double warmUp, final double weight) {
    this.steps = steps;
    this.learningRate = learningRate;
    this.warmUp = warmUp;
    this.weight = weight;
  }

  /** Linear rise, then a cosine to zero (Loshchilov and Hutter 2017, eq. 5, one period). */
  double learningRate(final long step) {
    final double rise = Math.max(1, Math.min(LONGEST_RISE, RISE * steps));
    return learningRate
        * Math.min(1, (step + 1) / rise)
        * 0.5
        * (1 + Math.cos(Math.PI * step / steps));
  }

  /**
   * Geometric rise to the full weight (KL warm-up; Bowman et al. 2016, section 3.1, rise linearly).
   * A code that is still noise must not pay for itself yet, or it is given up for good.
   */
  double divergenceWeight(final long step) {
    final double done = Math.min(1, (step + 1) / Math.max(1, warmUp * steps));
    return weight * Math.pow(FIRST_WEIGHT, 1 - done);
  }
}
