package org.anatomicalpriors.fuzzing;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs work on a thread of its own, and tells what it threw, took in memory, or that it hangs. */
final class Watch implements AutoCloseable {

  /** What happened. */
  static final class Outcome {
    /** Null if the work came to its end. */
    final Throwable thrown;

    /** Bytes of memory that were taken, whether or not they were given back. */
    final long allocated;

    private Outcome(final Throwable thrown, final long allocated) {
      this.thrown = thrown;
      this.allocated = allocated;
    }
  }

  /** Work that does not end. */
  static final class Hang extends Exception {
    private static final long serialVersionUID = 1L;

    private Hang(final StackTraceElement[] where) {
      super("hangs at " + (where.length == 0 ? "no place" : Arrays.asList(where).subList(0, 1)));
      setStackTrace(where);
    }
  }

  /** Thousands of times what any input takes, however busy the machine is. */
  private static final long PATIENCE_S = 60;

  private volatile Thread thread;
  private ExecutorService worker = worker();

  private ExecutorService worker() {
    return Executors.newSingleThreadExecutor(
        r -> {
          thread = new Thread(r, "fuzz");
          thread.setDaemon(true); // one that hangs must not keep the process
          return thread;
        });
  }

  Outcome run(final Runnable work) throws InterruptedException {
    final Callable<Outcome> watched =
        () -> {
          final long before = Memory.now();
          Throwable thrown = null;
          try {
            work.run();
          } catch (final Throwable e) { // errors of the virtual machine are what is looked for
            thrown = e;
          }
          return new Outcome(thrown, Memory.now() - before);
        };
    final Future<Outcome> outcome = worker.submit(watched);
    try {
      return outcome.get(PATIENCE_S, TimeUnit.SECONDS);
    } catch (final ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (final TimeoutException e) {
      final Hang hang = new Hang(thread.getStackTrace());
      worker.shutdownNow();
      worker = worker();
      return new Outcome(hang, 0);
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
