package org.anatomicalpriors.training;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;

/**
 * Prepares what the coming steps need on other threads, so that a step does not wait for data. What
 * a step gets depends on its number alone, not on the threads.
 */
final class Prefetch<T> implements AutoCloseable {

  private static final int AHEAD = 4;

  private final ExecutorService pool;
  private final Deque<Future<T>> queue = new ArrayDeque<>();
  private final LongFunction<T> prepare;
  private final long end;
  private long next;

  /**
   * @param prepare makes what a step needs
   * @param start first step
   * @param end step after the last one
   */
  Prefetch(final LongFunction<T> prepare, final long start, final long end, final int threads) {
    this.prepare = prepare;
    this.next = start;
    this.end = end;
    pool =
        Executors.newFixedThreadPool(
            Math.max(1, threads),
            r -> {
              final Thread t = new Thread(r, "anatomical-priors-prefetch");
              t.setDaemon(true);
              return t;
            });
  }

  /** What the next step needs; waits for it if it is not ready. */
  T take() {
    while (queue.size() < AHEAD && next < end) {
      final long step = next++;
      queue.add(pool.submit(() -> prepare.apply(step)));
    }
    try {
      return queue.remove().get();
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new org.anatomicalpriors.progress.CancelledException();
    } catch (final ExecutionException e) {
      if (e.getCause() instanceof RuntimeException) throw (RuntimeException) e.getCause();
      if (e.getCause() instanceof Error) throw (Error) e.getCause();
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
