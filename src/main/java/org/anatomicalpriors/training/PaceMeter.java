package org.anatomicalpriors.training;

import java.util.function.LongSupplier;

/** Finds a training's {@link Pace} from the times at which its steps end. */
final class PaceMeter {

  /** Steps that weigh less than 1/e of the latest one. */
  private static final double MEMORY = 30;

  private final LongSupplier clock;
  private final long steps;
  private final long start;
  private long began;
  private long last;
  private long count;
  private double mean = Double.NaN; // seconds a step without validations

  /**
   * @param clock nanoseconds since any moment
   * @param start steps done before
   * @param steps number of the last step
   */
  PaceMeter(final LongSupplier clock, final long start, final long steps) {
    this.clock = clock;
    this.start = start;
    this.steps = steps;
    began = last = clock.getAsLong();
  }

  /** A step begins: what came before, such as a validation, was none. */
  void begin() {
    last = clock.getAsLong();
  }

  /** A step ended. */
  Pace end(final long done) {
    final long now = clock.getAsLong();
    final double seconds = 1e-9 * (now - last);
    count++;
    if (count == 1) { // TensorFlow prepares the graph in the first one
      began = now;
      return new Pace(Double.NaN, Double.NaN);
    }
    mean = count == 2 ? seconds : mean + (seconds - mean) / Math.min(count - 1, MEMORY);
    final double overall = 1e-9 * (now - began) / (done - start - 1);
    return new Pace(1 / Math.max(mean, 1e-9), overall * (steps - done));
  }
}
