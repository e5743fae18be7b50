package org.anatomicalpriors.ui;

import java.util.concurrent.atomic.AtomicBoolean;
import org.anatomicalpriors.training.TrainingControl;

/** What was clicked, for the training to ask about. Safe for use by many threads. */
final class TrainingRequests implements TrainingControl {

  private final AtomicBoolean export = new AtomicBoolean();
  private volatile boolean finish;
  private volatile boolean cancel;

  void finish() {
    finish = true;
  }

  void cancel() {
    cancel = true;
  }

  void export() {
    export.set(true);
  }

  boolean isCancelled() {
    return cancel;
  }

  boolean isExportPending() {
    return export.get();
  }

  @Override
  public boolean isFinishRequested() {
    return finish;
  }

  @Override
  public boolean takeExportRequest() {
    return export.getAndSet(false);
  }
}
