package org.anatomicalpriors.training;

import java.nio.file.Path;

/**
 * Watches a training. The methods are called from the training's thread, in the order of events,
 * and must return at once; they cannot change the result.
 */
public interface TrainingListener {

  /** Watches nothing and wants no previews. */
  TrainingListener NONE = new TrainingListener() {};

  /** The data are prepared and the steps begin. */
  default void started(final TrainingPlan plan) {}

  /** A step was done. */
  default void stepped(final TrainingStep step) {}

  /**
   * A point of the curve: the held-out data were looked at. After resuming, the points of the
   * earlier runs come first; their losses have no parts.
   */
  default void validated(final TrainingPoint point) {}

  /** Whether {@link #previewed} should be called; asked at the start and after each validation. */
  default boolean wantsPreview() {
    return false;
  }

  /** How the model does on one example now. */
  default void previewed(final TrainingPreview preview) {}

  /** The best model so far was written to a file on request. */
  default void exported(final Path file) {}
}
