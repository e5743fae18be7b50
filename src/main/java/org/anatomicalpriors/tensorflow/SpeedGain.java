package org.anatomicalpriors.tensorflow;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many times faster bfloat16 is than float32, as a trial found it. Immutable. */
final class SpeedGain {

  /** Where TensorFlow has no bfloat16. */
  static final SpeedGain NONE = new SpeedGain(0, 0);

  /**
   * What is gained has to be clear: 8 significant bits are not for nothing. Convolutions are about
   * two thirds of what networks do, so that this makes 1.2 of the whole.
   */
  static final double CLEAR = 1.4;

  private static final String NUMBER = "(\\d{1,6}(?:\\.\\d{1,6})?)";
  private static final Pattern TEXT =
      Pattern.compile("passes " + NUMBER + "\nsteps " + NUMBER + "\n");

  private final double passes;
  private final double steps;

  /**
   * @param passes of passing values through convolutions
   * @param steps of that with all gradients
   */
  SpeedGain(final double passes, final double steps) {
    this.passes = passes;
    this.steps = steps;
  }

  double passes() {
    return passes;
  }

  double steps() {
    return steps;
  }

  /** bfloat16 where the gain is clear. */
  Arithmetic arithmetic() {
    return new Arithmetic(passes >= CLEAR, steps >= CLEAR);
  }

  /** For a file. */
  String toText() {
    return String.format(Locale.ROOT, "passes %.3f\nsteps %.3f\n", passes, steps);
  }

  /** What was written by {@link #toText()}; empty for any other text. */
  static Optional<SpeedGain> parse(final String text) {
    final Matcher m = TEXT.matcher(text);
    return m.matches()
        ? Optional.of(new SpeedGain(Double.parseDouble(m.group(1)), Double.parseDouble(m.group(2))))
        : Optional.empty();
  }

  /** For people. */
  @Override
  public String toString() {
    return passes == 0
        ? "TensorFlow has none here"
        : String.format(Locale.ROOT, "%.2f times in passes, %.2f in training steps", passes, steps);
  }
}
