package org.anatomicalpriors.spark;

import org.anatomicalpriors.batch.BatchImage;
import org.anatomicalpriors.batch.Outcome;
import org.anatomicalpriors.batch.SharedWorker;
import org.anatomicalpriors.progress.Progress;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;

/** What a task of Spark does with its image, on an executor. */
final class ImageTask implements Function<BatchImage, Outcome> {

  private static final long serialVersionUID = 1L;

  private final SparkOrder order;

  ImageTask(final SparkOrder order) {
    this.order = order;
  }

  @Override
  public Outcome call(final BatchImage image) {
    return Shield.call(TaskContext.get()::isInterrupted, progress -> segment(image, progress));
  }

  private Outcome segment(final BatchImage image, final Progress progress) {
    final SharedWorker worker;
    try {
      worker = ExecutorWorker.of(order);
    } catch (final RuntimeException | LinkageError e) {
      return Outcome.unable(e);
    }
    return worker.segment(image, progress);
  }
}
