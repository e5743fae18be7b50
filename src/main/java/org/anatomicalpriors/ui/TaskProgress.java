package org.anatomicalpriors.ui;

import java.util.concurrent.Executor;
import org.anatomicalpriors.progress.Progress;

/** Progress of a task of the explorer, told on the event thread. */
final class TaskProgress implements Progress {

  private static final long EVERY_NANOSECONDS = 100_000_000;

  private final ExplorerListener listener;
  private final Executor delivery;
  private volatile boolean cancelled;
  private long next = Long.MIN_VALUE;

  TaskProgress(final ExplorerListener listener, final Executor delivery) {
    this.listener = listener;
    this.delivery = delivery;
  }

  @Override
  public void update(final String stage, final long done, final long total, final String message) {
    synchronized (this) {
      final long now = System.nanoTime();
      if (next != Long.MIN_VALUE && now < next) return;
      next = now + EVERY_NANOSECONDS;
    }
    delivery.execute(() -> listener.working(stage, done, total));
  }

  @Override
  public void log(final String message) {
    delivery.execute(() -> listener.told(message, false));
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  void cancel() {
    cancelled = true;
  }
}
