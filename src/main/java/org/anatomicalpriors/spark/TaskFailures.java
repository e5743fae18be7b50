package org.anatomicalpriors.spark;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.anatomicalpriors.progress.CancelledException;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Counts how often each task of a job ended with its executor, and why the last time. */
final class TaskFailures extends SparkListener {

  private static final long PATIENCE_SECONDS = 10;

  private final Map<Integer, Integer> counts = new HashMap<>();
  private final Map<Integer, String> reasons = new HashMap<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  @Override
  public synchronized void onTaskEnd(final SparkListenerTaskEnd end) {
    if (!(end.reason() instanceof ExecutorLostFailure)) return;
    final ExecutorLostFailure reason = (ExecutorLostFailure) end.reason();
    if (!reason.countTowardsTaskFailures()) return;
    counts.merge(end.taskInfo().index(), 1, Integer::sum);
    reasons.put(end.taskInfo().index(), reason.toErrorString());
  }

  @Override
  public void onJobEnd(final SparkListenerJobEnd end) {
    ended.countDown();
  }

  /**
   * The tasks that took at least so many executors with them, with the last reason; called after
   * the job, whose last events may still be on their way.
   */
  Map<Integer, String> atLeast(final int times) {
    try {
      ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException();
    }
    synchronized (this) {
      final Map<Integer, String> found = new TreeMap<>();
      counts.forEach(
          (task, count) -> {
            if (count >= times) found.put(task, reasons.get(task));
          });
      return found;
    }
  }
}
