package org.anatomicalpriors.job;

import java.util.Optional;
import org.anatomicalpriors.progress.Progress;

/** What a face of the plugin lends to a job that it runs. */
public interface JobContext {

  /** Where the job reports to, and asks whether to go on. */
  Progress progress();

  /**
   * A listener or a control that some jobs use where the face has one, such as a training window's;
   * empty where it has none.
   */
  default <T> Optional<T> find(final Class<T> type) {
    return Optional.empty();
  }

  /** A context of nothing but progress. */
  static JobContext of(final Progress progress) {
    return () -> progress;
  }
}
