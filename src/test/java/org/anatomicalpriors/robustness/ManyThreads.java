package org.anatomicalpriors.robustness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that call one service at once, each with a segmentation of its own. */
final class ManyThreads {

  private ManyThreads() {}

  /**
   * @param segmentations of each thread, one after another
   * @return what was not as it is alone; empty if all is well
   */
  static List<String> run(
      final Workload work, final Alone alone, final int threads, final int segmentations)
      throws IOException, InterruptedException {
    for (int n = 0; n < work.count(); n++) alone.learn(n);
    final CyclicBarrier start = new CyclicBarrier(threads);
    final List<Callable<String>> calls = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      final int first = t;
      calls.add(
          () -> {
            start.await();
            final StringBuilder wrong = new StringBuilder();
            for (int i = 0; i < segmentations; i++) {
              final int n = first + i * threads;
              wrong.append(alone.compare(n, work.segment(n % work.count())));
            }
            return wrong.toString();
          });
    }
    final ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      final List<String> complaints = new ArrayList<>();
      for (final Future<String> ended : pool.invokeAll(calls))
        try {
          if (!ended.get().isEmpty()) complaints.add(ended.get());
        } catch (final ExecutionException e) {
          complaints.add("a thread of many failed: " + e.getCause());
        }
      return complaints;
    } finally {
      pool.shutdown();
    }
  }
}
