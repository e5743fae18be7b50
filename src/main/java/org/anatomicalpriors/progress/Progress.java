package org.anatomicalpriors.progress;

/**
 * Where long work reports to, and asks whether it should go on. Implementations must be safe to
 * call from any thread and must return at once.
 */
public interface Progress {

  /** Reports nowhere and never cancels. */
  Progress NONE = (stage, done, total, message) -> {};

  /**
   * Tells how far a stage is.
   *
   * @param stage what is being done, in a few words
   * @param done finished units of this stage
   * @param total units of this stage, or 0 if unknown
   * @param message the latest figure worth reading, or an empty string
   */
  void update(String stage, long done, long total, String message);

  /** Tells something worth keeping, such as an assumption made about a file. */
  default void log(final String message) {}

  /** True once the user asked to stop; long work checks it at least every second. */
  default boolean isCancelled() {
    return false;
  }

  /**
   * Stops the calling work if the user asked for it.
   *
   * @throws CancelledException if {@link #isCancelled()}
   */
  default void checkCancelled() {
    if (isCancelled()) throw new CancelledException();
  }
}
