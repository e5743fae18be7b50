package org.anatomicalpriors.ui;

/**
 * Exponential running mean of the losses of single steps, which differ from example to example by
 * more than the training gains. Unbiased from the first value on.
 */
final class RunningMean {

  private final double keep;
  private double sum;
  private double weight;

  /**
   * @param steps after which a value weighs 1/e
   */
  RunningMean(final double steps) {
    keep = Math.exp(-1 / Math.max(steps, 1e-9));
  }

  /** Takes up a value and returns the mean; not a number leaves it as it was. */
  double add(final double value) {
    if (!Double.isFinite(value)) return value;
    sum = keep * sum + (1 - keep) * value;
    weight = keep * weight + (1 - keep);
    return sum / weight;
  }
}
