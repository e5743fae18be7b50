package org.anatomicalpriors.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.anatomicalpriors.Excerpt;
import org.anatomicalpriors.batch.BatchImage;
import org.anatomicalpriors.batch.BatchWork;
import org.anatomicalpriors.batch.Outcome;
import org.anatomicalpriors.batch.Workers;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Settings;
import org.apache.spark.api.java.JavaSparkContext;

/** Executors of Spark, each with one model that all its tasks share. */
final class SparkWorkers implements Workers {

  /** What Spark says may be long and have many lines. */
  private static final int LONGEST_REASON = 300;

  private final Settings values;

  /**
   * @param values of the {@link SparkSegmentJob}
   */
  SparkWorkers(final Settings values) {
    this.values = values;
  }

  @Override
  public void segment(final BatchWork work, final Progress progress) {
    progress.update("Starting Spark", 0, 0, "");
    try (FolderMark mark = new FolderMark(work.folder());
        JavaSparkContext spark = Cluster.start(values.get(SparkSegmentJob.MASTER))) {
      final SparkOrder order = SparkOrder.of(values, work, mark.path());
      work.begin();
      final Returns returns = new Returns(work, mark, progress);
      List<BatchImage> left = work.images();
      while (!left.isEmpty()) left = segment(left, spark, order, returns, progress);
    } finally {
      ExecutorWorker.close(); // with a local master, this process was the executor
    }
  }

  /** The images that have to be given out again. */
  private static List<BatchImage> segment(
      final List<BatchImage> images,
      final JavaSparkContext spark,
      final SparkOrder order,
      final Returns returns,
      final Progress progress) {
    final TaskFailures failures = new TaskFailures();
    spark.sc().addSparkListener(failures);
    final Set<Integer> known = new TreeSet<>();
    final Throwable end =
        new ImagesJob(spark, images, order)
            .run(
                (index, outcome) -> {
                  known.add(index);
                  returns.add(images.get(index), outcome);
                },
                progress);
    if (end != null) known.addAll(giveUp(images, end, failures, spark, returns));
    spark.sc().removeSparkListener(failures);
    final List<BatchImage> left = returns.settle();
    for (int i = 0; i < images.size(); i++) if (!known.contains(i)) left.add(images.get(i));
    return left;
  }

  /** Spark ends a job when one of its tasks has failed too often; the others are to go on. */
  private static Set<Integer> giveUp(
      final List<BatchImage> images,
      final Throwable end,
      final TaskFailures failures,
      final JavaSparkContext spark,
      final Returns returns) {
    final int most = spark.isLocal() ? 1 : spark.getConf().getInt("spark.task.maxFailures", 4);
    final Map<Integer, String> hopeless = failures.atLeast(most);
    if (hopeless.isEmpty() || spark.sc().isStopped())
      throw new UncheckedIOException(
          "Spark ended the work ("
              + Excerpt.of(String.valueOf(end.getMessage()), LONGEST_REASON)
              + "); what was done stays: start it again when the cluster is well.",
          new IOException(end));
    hopeless.forEach(
        (index, reason) ->
            returns.add(
                images.get(index),
                Outcome.failed(
                    "Every process that tried this image ended over it ("
                        + Excerpt.of(reason, LONGEST_REASON)
                        + "); give executors more memory, or segment it alone to see why.")));
    return hopeless.keySet();
  }
}
