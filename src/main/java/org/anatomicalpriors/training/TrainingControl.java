package org.anatomicalpriors.training;

/**
 * What a person asks of a training under way, beside stopping it through its progress. Asked
 * between steps; implementations must be safe to call from any thread and must return at once.
 */
public interface TrainingControl {

  /** Asks for nothing. */
  TrainingControl NONE = new TrainingControl() {};

  /**
   * True once the training should end as if this were its last step: the best weights so far are
   * the result.
   */
  default boolean isFinishRequested() {
    return false;
  }

  /** Whether the best model so far should be written now; each request is given out once. */
  default boolean takeExportRequest() {
    return false;
  }
}
