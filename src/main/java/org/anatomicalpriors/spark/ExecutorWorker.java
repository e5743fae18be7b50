package org.anatomicalpriors.spark;

import org.anatomicalpriors.batch.SharedWorker;

/** The one worker of an executor's process, which all its tasks share. */
final class ExecutorWorker {

  private static String order;
  private static SharedWorker worker;

  private ExecutorWorker() {}

  /**
   * Opens the model with the first task of an order, and closes that of the order before.
   *
   * @throws RuntimeException if nothing can be segmented here
   */
  static synchronized SharedWorker of(final SparkOrder wanted) {
    if (!wanted.id().equals(order)) {
      close();
      worker = wanted.open();
      order = wanted.id();
    }
    return worker;
  }

  /** Stops what is being segmented in this process and closes the model, if there is one. */
  static synchronized void close() {
    if (worker != null) worker.close();
    worker = null;
    order = null;
  }
}
