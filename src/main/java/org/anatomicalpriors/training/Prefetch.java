package org.anatomicalpriors.training;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;

/**
 * Prepares what the coming steps need on other threads, so that a step does not wait for data. What
 * a step gets depends on its number alone, not on the threads.
 */
final class Prefetch<T> implements AutoCloseable {

  private static final int AHEAD = 4;
  private static final long POLL_MILLISECONDS = 100;

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

  /**
   * What the next step needs; waits for it if it is not ready.
   *
   * @throws CancelledException if stopped while waiting; the next call waits for the same step
   */
  T take(final Progress progress) {
    while (queue.size() < AHEAD && next < end) {
      final long step = next++;
      queue.add(pool.submit(() -> prepare.apply(step)));
    }
    try {
      final T taken = get(queue.element(), progress);
      queue.remove();
      return taken;
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException();
    } catch (final ExecutionException e) {
      if (e.getCause() instanceof RuntimeException) throw (RuntimeException) e.getCause();
      if (e.getCause() instanceof Error) throw (Error) e.getCause();
      throw new IllegalStateException(e.getCause());
    }
  }

  private T get(final Future<T> future, final Progress progress)
      throws InterruptedException, ExecutionException {
    while (true)
      try {
        return future.get(POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
      } catch (final TimeoutException e) {
        progress.checkCancelled();
      }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
