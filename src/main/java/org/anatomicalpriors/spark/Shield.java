package org.anatomicalpriors.spark;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.anatomicalpriors.progress.Progress;

/**
 * Keeps Spark's interruptions, which close the files that a thread has open and with them the
 * claims of others in the process, from work: it learns of them as of any other request to stop.
 */
final class Shield {

  private Shield() {}

  /**
   * Does work in a thread of its own, and waits for its end whatever happens.
   *
   * @param stopped asked now and then whether the work is to stop
   */
  static <T> T call(final BooleanSupplier stopped, final Function<Progress, T> work) {
    final AtomicBoolean interrupted = new AtomicBoolean();
    final FutureTask<T> task =
        new FutureTask<>(
            () -> work.apply(new Request(() -> interrupted.get() || stopped.getAsBoolean())));
    final Thread thread = new Thread(task, "spark image");
    thread.setDaemon(true);
    thread.start();
    try {
      while (true)
        try {
          return task.get();
        } catch (final InterruptedException e) {
          interrupted.set(true);
        }
    } catch (final ExecutionException e) {
      if (e.getCause() instanceof Error) throw (Error) e.getCause();
      throw (RuntimeException) e.getCause();
    } finally {
      if (interrupted.get()) Thread.currentThread().interrupt();
    }
  }

  /** Progress that nobody watches and that can be stopped. */
  private static final class Request implements Progress {

    private final BooleanSupplier stopped;

    Request(final BooleanSupplier stopped) {
      this.stopped = stopped;
    }

    @Override
    public void update(
        final String stage, final long done, final long total, final String message) {
      // Nobody watches.
    }

    @Override
    public boolean isCancelled() {
      return stopped.getAsBoolean();
    }
  }
}
