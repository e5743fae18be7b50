package org.anatomicalpriors.cli;

import java.io.PrintWriter;
import org.anatomicalpriors.progress.Progress;

/** Progress for a person at a shell, on standard error. Close it before printing results. */
abstract class ShellProgress implements Progress, AutoCloseable {

  private final Cancellation cancellation;

  ShellProgress(final Cancellation cancellation) {
    this.cancellation = cancellation;
  }

  /** A bar if there is a terminal, else lines. */
  static ShellProgress on(final PrintWriter err, final Cancellation cancellation) {
    return System.console() != null
        ? new BarProgress(err, cancellation)
        : new LineProgress(err, cancellation, System::nanoTime);
  }

  @Override
  public boolean isCancelled() {
    return cancellation.isRequested();
  }

  @Override
  public abstract void log(String message);

  @Override
  public abstract void close();
}
