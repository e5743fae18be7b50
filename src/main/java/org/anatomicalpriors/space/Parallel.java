package org.anatomicalpriors.space;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;

/** Runs independent pieces of work, such as the slices of an image, on several threads. */
public final class Parallel {

  private Parallel() {}

  /**
   * Runs {@code work} for 0 to {@code count - 1} and returns when all are done. The caller's thread
   * takes part. Stops between pieces if the user cancels or a piece fails; then too no piece is
   * under way any more on return, unless this thread was interrupted.
   *
   * @param threads number of threads, 1 or more
   * @throws CancelledException if the user asked to stop
   */
  public static void forEach(
      final int count, final int threads, final Progress progress, final IntConsumer work) {
    final AtomicInteger next = new AtomicInteger();
    final Runnable worker =
        () -> {
          try {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
              progress.checkCancelled();
              work.accept(i);
            }
          } catch (final RuntimeException | Error e) {
            next.set(count); // the other threads stop at their next piece
            throw e;
          }
        };
    final int helpers = Math.min(threads, count) - 1;
    if (helpers < 1) {
      worker.run();
      return;
    }
    final ExecutorService pool = Executors.newFixedThreadPool(helpers, Parallel::daemon);
    try {
      final FutureTask<Void> own = new FutureTask<>(worker, null);
      final List<Future<?>> futures = new ArrayList<>(List.of(own));
      for (int t = 0; t < helpers; t++) futures.add(pool.submit(worker));
      own.run();
      await(futures);
    } finally {
      next.set(count);
      pool.shutdown();
    }
  }

  /** Waits for all and throws what the first in the list that failed has thrown. */
  private static void await(final List<Future<?>> futures) {
    Throwable failure = null;
    try {
      for (final Future<?> future : futures)
        try {
          future.get();
        } catch (final ExecutionException e) {
          if (failure == null) failure = e.getCause();
        }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      if (failure == null) failure = new CancelledException();
    }
    if (failure instanceof Error) throw (Error) failure;
    if (failure != null) throw (RuntimeException) failure;
  }

  private static Thread daemon(final Runnable work) {
    final Thread thread = new Thread(work, "anatomical-priors");
    thread.setDaemon(true);
    return thread;
  }
}
