package org.anatomicalpriors.training;

/** The mean loss since the last point of a curve; its state fits a checkpoint. */
final class LossMean {

  private double total;
  private long count;
  private double data;
  private double divergence;

  void add(final LossParts loss) {
    total += loss.total();
    data += loss.data();
    divergence += loss.divergence();
    count++;
  }

  boolean isEmpty() {
    return count == 0;
  }

  double total() {
    return total / count;
  }

  LossParts parts() {
    return LossParts.of(data / count, divergence / count);
  }

  void clear() {
    total = data = divergence = 0;
    count = 0;
  }

  double[] state() {
    return new double[] {total, count, data, divergence};
  }

  /** Takes up a state; the first versions kept no parts. */
  void restore(final double[] state) {
    total = state[0];
    count = (long) state[1];
    final boolean parts = state.length > 3 || count == 0;
    data = parts ? at(state, 2) : Double.NaN;
    divergence = parts ? at(state, 3) : Double.NaN;
  }

  private static double at(final double[] state, final int i) {
    return i < state.length ? state[i] : 0;
  }
}
