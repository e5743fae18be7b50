package org.anatomicalpriors.training;

import java.util.Locale;
import org.anatomicalpriors.progress.Durations;

/** How fast a training goes and how long it still takes. Immutable. */
public final class Pace {

  private final double stepsPerSecond;
  private final double secondsLeft;

  Pace(final double stepsPerSecond, final double secondsLeft) {
    this.stepsPerSecond = stepsPerSecond;
    this.secondsLeft = secondsLeft;
  }

  /** Not a number before the second step. */
  public double stepsPerSecond() {
    return stepsPerSecond;
  }

  /** Time to the last step, validations included; not a number before the second step. */
  public double secondsLeft() {
    return secondsLeft;
  }

  /** For people to read, such as {@code 2.1 steps/s, 14 min left}; empty while unknown. */
  @Override
  public String toString() {
    return Double.isNaN(stepsPerSecond)
        ? ""
        : String.format(
            Locale.ROOT,
            stepsPerSecond < 10 ? "%.1f steps/s, %s left" : "%.0f steps/s, %s left",
            stepsPerSecond,
            Durations.text(secondsLeft));
  }
}
