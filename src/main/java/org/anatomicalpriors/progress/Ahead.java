package org.anatomicalpriors.progress;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * A value that is made once, on a thread of its own if that is begun ahead of its use. Safe for use
 * by many threads.
 *
 * <pre>{@code
 * Ahead<Engine> engine = new Ahead<>("engine", () -> Engine.start("auto", 0, false)).begin();
 * // other work, meanwhile
 * engine.get();
 * }</pre>
 */
public final class Ahead<T> implements Supplier<T> {

  private final String name;
  private final FutureTask<T> task;
  private final AtomicBoolean begun = new AtomicBoolean();

  /**
   * @param name of the thread
   * @param source makes the value
   */
  public Ahead(final String name, final Callable<T> source) {
    this.name = name;
    task = new FutureTask<>(source);
  }

  /**
   * Lets another thread make it, unless one does already or there can be no more threads; what goes
   * wrong is told by {@link #get}.
   */
  public Ahead<T> begin() {
    if (!begun.compareAndSet(false, true)) return this;
    final Thread thread = new Thread(task, "anatomical-priors " + name);
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (final OutOfMemoryError e) {
      begun.set(false); // so that it is made by who needs it
    }
    return this;
  }

  /**
   * The value: made here if that was not begun, else waited for. Throws what its making threw.
   *
   * @throws CancelledException if this thread is interrupted
   * @throws java.util.concurrent.CancellationException if it was not made before the {@link #end}
   */
  @Override
  public T get() {
    if (begun.compareAndSet(false, true)) task.run();
    try {
      return task.get();
    } catch (final ExecutionException e) {
      if (e.getCause() instanceof Error) throw (Error) e.getCause();
      if (e.getCause() instanceof RuntimeException) throw (RuntimeException) e.getCause();
      throw new IllegalStateException(e.getCause());
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException();
    }
  }

  /**
   * What was made, if that was begun and went well; nothing is made afterwards. Waits for it even
   * if this thread is interrupted, so that nothing goes on unseen and what holds memory can be
   * freed.
   */
  public Optional<T> end() {
    if (begun.compareAndSet(false, true)) task.cancel(false);
    boolean interrupted = false;
    try {
      while (true)
        try {
          return Optional.ofNullable(task.get());
        } catch (final InterruptedException e) {
          interrupted = true;
        }
    } catch (final ExecutionException | CancellationException e) {
      return Optional.empty(); // told by get()
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }
}
