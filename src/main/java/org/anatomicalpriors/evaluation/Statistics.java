package org.anatomicalpriors.evaluation;

import java.util.stream.DoubleStream;

/** Count, mean and standard deviation of the values that are defined. Immutable. */
public final class Statistics {

  private final int count;
  private final double mean;
  private final double sd;

  private Statistics(final int count, final double mean, final double sd) {
    this.count = count;
    this.mean = mean;
    this.sd = sd;
  }

  /** Statistics of the values that are not NaN. */
  public static Statistics of(final DoubleStream values) {
    final double[] v = values.filter(x -> !Double.isNaN(x)).toArray();
    double sum = 0;
    for (final double x : v) sum += x;
    final double mean = sum / v.length;
    double squares = 0;
    for (final double x : v) squares += (x - mean) * (x - mean);
    return new Statistics(
        v.length, mean, v.length < 2 ? Double.NaN : Math.sqrt(squares / (v.length - 1)));
  }

  public int count() {
    return count;
  }

  /** The mean, or NaN of no values. */
  public double mean() {
    return mean;
  }

  /** The sample standard deviation (divided by n - 1), or NaN of fewer than two values. */
  public double sd() {
    return sd;
  }
}
