package org.anatomicalpriors.batch;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;

/**
 * Moves items through reading, segmenting and writing, so that while one is segmented (on the
 * caller's thread) the next are read and the ones before are written. Each thread holds one item
 * and no more than one waits for each, and all of them together stay within the memory given.
 *
 * @param <T> an item, which carries what was read and found
 */
final class Pipeline<T> {

  /** What is done with an item. Steps of different items run at the same time. */
  interface Steps<T> {

    /** Reads; false if there is nothing to do with this item. */
    boolean read(T item) throws Exception;

    /** Bytes that an item which was read will need until it is written. */
    long bytes(T item);

    void segment(T item) throws Exception;

    void write(T item) throws Exception;

    /**
     * Called once for each item for which {@link #read} was called.
     *
     * @param failure null if all went well; {@link CancelledException} if the work was stopped
     */
    void ended(T item, Throwable failure);
  }

  private static final long PATIENCE_MILLIS = 100;

  private final Steps<T> steps;
  private final int threads;
  private final MemoryGate gate;
  private final Map<T, Long> begun = new ConcurrentHashMap<>(); // bytes let through the gate
  private final Queue<Thread> workers = new ConcurrentLinkedQueue<>();
  private final AtomicReference<Throwable> stop = new AtomicReference<>();

  /**
   * @param threads that read, and as many that write
   * @param memory bytes that the items may need together
   */
  Pipeline(final Steps<T> steps, final int threads, final long memory) {
    this.steps = steps;
    this.threads = threads;
    gate = new MemoryGate(memory);
  }

  /**
   * Does the steps with all items; returns when all have ended and no thread of it is left. An item
   * that fails is told to {@link Steps#ended}, and the others go on.
   *
   * @throws CancelledException if stopped on request
   */
  void run(final Collection<T> items, final Progress progress) {
    final Iterator<T> source = items.iterator();
    final BlockingQueue<T> ready = new LinkedBlockingQueue<>();
    final Semaphore ahead = new Semaphore(2 * threads), behind = new Semaphore(2 * threads);
    final AtomicInteger reading = new AtomicInteger(threads);
    final ExecutorService readers = Executors.newFixedThreadPool(threads, named("reader"));
    final ExecutorService writers = Executors.newFixedThreadPool(threads, named("writer"));
    boolean whole = false;
    try {
      for (int i = 0; i < threads; i++)
        readers.execute(
            () -> {
              guarded(() -> readAll(source, ready, ahead));
              reading.decrementAndGet();
            });
      while (stop.get() == null) {
        progress.checkCancelled();
        // Asked before the queue: who ends has put all into it.
        final boolean last = reading.get() == 0;
        final T item = ready.poll(last ? 0 : PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        if (item == null && last) break;
        if (item == null) continue;
        ahead.release();
        if (!done(item, () -> steps.segment(item))) continue;
        while (!behind.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS))
          progress.checkCancelled();
        writers.execute(
            () -> {
              guarded(() -> write(item));
              behind.release();
            });
      }
      writers.shutdown();
      while (stop.get() == null
          && !writers.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS))
        progress.checkCancelled();
      whole = stop.get() == null;
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      stop.compareAndSet(null, new CancelledException());
    } catch (final RuntimeException | Error e) {
      stop.compareAndSet(null, e);
    } finally {
      if (!whole) stop.compareAndSet(null, new CancelledException());
      end(readers, writers);
      begun.keySet().forEach(i -> finish(i, new CancelledException()));
    }
    if (stop.get() instanceof Error) throw (Error) stop.get();
    if (stop.get() != null) throw (RuntimeException) stop.get();
  }

  /** Does all steps with one item after the other on the caller's thread. */
  void runSingly(final Collection<T> items, final Progress progress) {
    for (final T item : items) {
      progress.checkCancelled();
      try {
        if (read(item) && done(item, () -> steps.segment(item))) write(item);
      } catch (final InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancelledException();
      } finally {
        begun.keySet().forEach(i -> finish(i, new CancelledException()));
      }
    }
  }

  private void readAll(
      final Iterator<T> source, final BlockingQueue<T> ready, final Semaphore ahead)
      throws InterruptedException {
    while (stop.get() == null) {
      final T item;
      synchronized (source) {
        if (!source.hasNext()) return;
        item = source.next();
      }
      if (!read(item)) continue;
      ahead.acquire();
      ready.add(item);
    }
  }

  /** Reads and waits for memory; false if that is all. */
  private boolean read(final T item) throws InterruptedException {
    final boolean[] more = {false};
    begun.put(item, 0L);
    if (!done(item, () -> more[0] = steps.read(item))) return false;
    if (!more[0]) {
      finish(item, null);
      return false;
    }
    final long bytes = steps.bytes(item);
    gate.enter(bytes);
    begun.put(item, bytes);
    return true;
  }

  private void write(final T item) {
    if (done(item, () -> steps.write(item))) finish(item, null);
  }

  /** A step. */
  private interface Step {
    void run() throws Exception;
  }

  /** True if the step succeeded; an item that failed has ended, unless all work is to stop. */
  private boolean done(final T item, final Step step) {
    try {
      step.run();
      return true;
    } catch (final CancelledException e) {
      throw e;
    } catch (final Exception | OutOfMemoryError e) {
      if (stop.get() != null) throw new CancelledException(); // failed because it was interrupted
      finish(item, e);
      return false;
    }
  }

  private void finish(final T item, final Throwable failure) {
    final Long bytes = begun.remove(item);
    if (bytes == null) return;
    gate.leave(bytes);
    steps.ended(item, failure);
  }

  /** Lets what stops a thread stop all. */
  private void guarded(final Step step) {
    try {
      step.run();
    } catch (final InterruptedException e) {
      stop.compareAndSet(null, new CancelledException());
    } catch (final Error | RuntimeException e) {
      stop.compareAndSet(null, e);
    } catch (final Exception e) {
      stop.compareAndSet(null, new IllegalStateException(e));
    }
  }

  /** Ends all threads; if the work was stopped, by interrupting them. */
  private void end(final ExecutorService... pools) {
    for (final ExecutorService pool : pools)
      if (stop.get() == null) pool.shutdown();
      else pool.shutdownNow();
    boolean interrupted = false;
    for (Thread worker = workers.poll(); worker != null; worker = workers.poll())
      while (worker.isAlive())
        try {
          worker.join();
        } catch (final InterruptedException e) {
          interrupted = true;
        }
    if (interrupted) Thread.currentThread().interrupt();
  }

  private ThreadFactory named(final String name) {
    return work -> {
      final Thread thread = new Thread(work, "batch " + name);
      thread.setDaemon(true);
      workers.add(thread);
      return thread;
    };
  }
}
