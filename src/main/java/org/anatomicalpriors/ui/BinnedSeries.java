package org.anatomicalpriors.ui;

import org.jfree.data.xy.XYSeries;

/**
 * A curve of any number of noisy values as a few hundred means: bins of equal width in steps, which
 * doubles whenever they become too many.
 */
final class BinnedSeries {

  private static final int MOST = 400;

  private final XYSeries series;
  private final double[] steps = new double[MOST];
  private final double[] sums = new double[MOST];
  private final int[] counts = new int[MOST];
  private int used;
  private long width = 1;
  private double lowest = Double.POSITIVE_INFINITY;

  BinnedSeries(final String name) {
    series = new XYSeries(name, false);
    series.setNotify(false);
  }

  /** The curve as it was when last {@link #refresh}ed. */
  XYSeries series() {
    return series;
  }

  boolean isEmpty() {
    return used == 0;
  }

  /** Whether all values so far were above 0. */
  boolean isPositive() {
    return lowest > 0;
  }

  /**
   * Adds a value, if it is one.
   *
   * @param step never smaller than the one before
   */
  void add(final long step, final double value) {
    if (!Double.isFinite(value)) return;
    lowest = Math.min(lowest, value);
    if (used > 0 && (long) (steps[used - 1] / counts[used - 1]) / width == step / width) {
      put(used - 1, step, value);
      return;
    }
    if (used == MOST) merge();
    put(used++, step, value);
  }

  private void put(final int bin, final long step, final double value) {
    steps[bin] += step;
    sums[bin] += value;
    counts[bin]++;
  }

  private void merge() {
    for (int i = 0; i < MOST / 2; i++) {
      steps[i] = steps[2 * i] + steps[2 * i + 1];
      sums[i] = sums[2 * i] + sums[2 * i + 1];
      counts[i] = counts[2 * i] + counts[2 * i + 1];
    }
    for (int i = MOST / 2; i < MOST; i++) steps[i] = sums[i] = counts[i] = 0;
    used = MOST / 2;
    width *= 2;
  }

  /** Brings the series up to date; its chart is told once. */
  void refresh() {
    series.clear();
    for (int i = 0; i < used; i++) series.add(steps[i] / counts[i], sums[i] / counts[i], false);
  }
}
