package org.anatomicalpriors.service;

import java.util.function.BooleanSupplier;
import org.anatomicalpriors.progress.Progress;
import org.scijava.app.StatusService;
import org.scijava.log.LogService;
import org.scijava.task.Task;

/** Progress as SciJava's task bar, status bar and log show it. Safe for use by several threads. */
public final class TaskProgress implements Progress, AutoCloseable {

  /** Between two reports of one stage. */
  private static final long INTERVAL_NANOS = 100_000_000L;

  private final Task task;
  private final StatusService status;
  private final LogService log;
  private volatile BooleanSupplier cancelled;
  private String stage = "";
  private long reported = System.nanoTime() - INTERVAL_NANOS;
  private volatile boolean closed;

  /**
   * @param task new; started here and finished on closing
   * @param cancelled whether somebody asked the command to stop
   */
  public TaskProgress(
      final Task task,
      final StatusService status,
      final LogService log,
      final BooleanSupplier cancelled) {
    this.task = task;
    this.status = status;
    this.log = log;
    this.cancelled = () -> task.isCanceled() || cancelled.getAsBoolean();
    task.start();
  }

  @Override
  public synchronized void update(
      final String what, final long done, final long total, final String message) {
    final long now = System.nanoTime();
    if (closed || what.equals(stage) && done < total && now - reported < INTERVAL_NANOS) return;
    stage = what;
    reported = now;
    final String text = message.isEmpty() ? what : what + ": " + message;
    task.setProgressMaximum(total);
    task.setProgressValue(done);
    task.setStatusMessage(text);
    if (total > 0 && total <= Integer.MAX_VALUE) status.showStatus((int) done, (int) total, text);
    else status.showStatus(text);
  }

  @Override
  public void log(final String message) {
    log.info(message);
  }

  @Override
  public boolean isCancelled() {
    return cancelled.getAsBoolean();
  }

  /**
   * Tells that the work came to its end. Its result may still ask whether to go on, for whoever
   * makes more of it: then an interruption of the asking thread counts, and neither the task nor
   * the thread that waited for the work.
   */
  void succeed() {
    cancelled = () -> Thread.currentThread().isInterrupted();
  }

  @Override
  public synchronized void close() {
    closed = true;
    task.finish();
    status.clearStatus();
  }
}
