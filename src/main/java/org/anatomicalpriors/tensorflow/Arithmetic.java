package org.anatomicalpriors.tensorflow;

/**
 * In which numbers the networks really compute: those of a model file, which only pass values on,
 * and those of graphs that learn. Immutable.
 */
public final class Arithmetic {

  public static final Arithmetic FLOAT32 = new Arithmetic(false, false);
  public static final Arithmetic BFLOAT16 = new Arithmetic(true, true);

  private final boolean passes;
  private final boolean steps;

  /**
   * @param passes whether encoding and decoding with a model is in bfloat16
   * @param steps whether training and refining is
   */
  Arithmetic(final boolean passes, final boolean steps) {
    this.passes = passes;
    this.steps = steps;
  }

  /** Whether encoding and decoding with a model is in bfloat16. */
  boolean passes() {
    return passes;
  }

  /** Whether training and refining is in bfloat16. */
  boolean steps() {
    return steps;
  }

  /** Whether nothing is in bfloat16. */
  public boolean isFloat32() {
    return !passes && !steps;
  }

  /** As records have it, the same for the same arithmetic: {@code float32}, {@code bfloat16}. */
  @Override
  public String toString() {
    if (passes == steps) return passes ? "bfloat16" : "float32";
    return passes ? "bfloat16, training in float32" : "float32, training in bfloat16";
  }
}
