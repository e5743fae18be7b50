package org.anatomicalpriors.tensorflow;

import java.util.function.Supplier;

/**
 * Memory that runs out although it was estimated: Java's, which throws an error, or TensorFlow's,
 * which says that its resources are exhausted. Either leaves the process usable.
 */
public final class OutOfMemory {

  private OutOfMemory() {}

  /** Whether Java's memory or TensorFlow's ran out. */
  public static boolean is(final Throwable failure) {
    return isJava(failure) || isEngine(failure);
  }

  /** Whether Java's memory ran out, which a larger heap prevents. */
  public static boolean isJava(final Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause())
      if (t instanceof OutOfMemoryError) return true;
    return false;
  }

  /** Whether TensorFlow's memory ran out. */
  public static boolean isEngine(final Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause())
      if (t.getClass().getSimpleName().equals("TFResourceExhaustedException") || isUnallocated(t))
        return true;
    return false;
  }

  /**
   * A tensor for which there was no memory has no data, over which TensorFlow's Java and DJL's
   * stumble.
   */
  private static boolean isUnallocated(final Throwable failure) {
    if (!(failure instanceof NullPointerException) || failure.getStackTrace().length == 0)
      return false;
    final String where = failure.getStackTrace()[0].getClassName();
    return where.startsWith("org.tensorflow.") || where.startsWith("ai.djl.tensorflow.");
  }

  /**
   * Does work that may run out of memory.
   *
   * @param java a sentence that says what helps if Java's memory runs out
   * @param engine the same of TensorFlow's memory, of which Java's takes away
   * @throws EngineException with one of them
   */
  public static <T> T guard(
      final Supplier<T> work, final Supplier<String> java, final Supplier<String> engine) {
    try {
      return work.get();
    } catch (final OutOfMemoryError | RuntimeException e) {
      if (!is(e)) throw e;
      throw new EngineException((isJava(e) ? java : engine).get(), e);
    }
  }
}
