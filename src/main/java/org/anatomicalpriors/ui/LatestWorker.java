package org.anatomicalpriors.ui;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One thread that answers questions, of which only the latest counts: one that is asked while
 * another waits takes its place. Longer tasks are done by the same thread, in order with them.
 *
 * @param <Q> questions
 * @param <A> answers
 */
final class LatestWorker<Q, A> {

  private final Function<Q, A> work;
  private final Consumer<A> answers;
  private final Consumer<Throwable> failures;
  private final Executor delivery;
  private final ExecutorService thread;
  private final AtomicReference<Q> waiting = new AtomicReference<>();
  private volatile boolean closed;

  /**
   * @param name of the thread
   * @param work answers a question, on the worker's thread
   * @param answers receives answers
   * @param failures receives what went wrong instead
   * @param delivery on which the receivers are called, such as the event thread
   */
  LatestWorker(
      final String name,
      final Function<Q, A> work,
      final Consumer<A> answers,
      final Consumer<Throwable> failures,
      final Executor delivery) {
    this.work = work;
    this.answers = answers;
    this.failures = failures;
    this.delivery = delivery;
    thread =
        Executors.newSingleThreadExecutor(
            r -> {
              final Thread t = new Thread(r, name);
              t.setDaemon(true);
              return t;
            });
  }

  /** Asks; a question that is still waiting is dropped. */
  void ask(final Q question) {
    if (waiting.getAndSet(question) == null) execute(this::answer);
  }

  private synchronized void execute(final Runnable task) {
    if (!closed) thread.execute(task);
  }

  private void answer() {
    final Q question = waiting.getAndSet(null);
    perform(() -> work.apply(question), answers);
  }

  /** Does a task after what was asked before; its outcome is received as answers are. */
  <T> void run(final Supplier<T> task, final Consumer<T> outcome) {
    execute(() -> perform(task, outcome));
  }

  private <T> void perform(final Supplier<T> task, final Consumer<T> outcome) {
    if (closed) return;
    try {
      final T result = task.get();
      deliver(() -> outcome.accept(result));
    } catch (final RuntimeException | Error e) { // memory may run out, natives may be missing
      deliver(() -> failures.accept(e));
    }
  }

  private void deliver(final Runnable message) {
    delivery.execute(
        () -> {
          if (!closed) message.run();
        });
  }

  /** Drops what waits and delivers nothing more; {@code last} is done after the current work. */
  synchronized void close(final Runnable last) {
    if (closed) return;
    closed = true;
    thread.execute(last);
    thread.shutdown();
  }
}
