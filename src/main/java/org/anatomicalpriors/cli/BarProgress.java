package org.anatomicalpriors.cli;

import java.io.PrintWriter;
import java.time.Duration;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress as a bar with time left, for a terminal. */
final class BarProgress extends ShellProgress {

  private static final int USUAL_COLUMNS = 80;
  private static final int INTERVAL_MILLIS = 500;

  private final PrintWriter out;
  private final int columns = columns();
  private String stage = "";
  private ProgressBar bar;

  BarProgress(final PrintWriter out, final Cancellation cancellation) {
    super(cancellation);
    this.out = out;
  }

  @Override
  public synchronized void update(
      final String name, final long done, final long total, final String message) {
    if (!name.equals(stage)) {
      close();
      stage = name;
    }
    if (bar == null) {
      if (total > 0 && done >= total) return;
      bar = start(name, done, total);
    }
    bar.stepTo(done);
    bar.setExtraMessage(message.isEmpty() ? "" : " " + message);
    if (total > 0 && done >= total) close();
  }

  private ProgressBar start(final String name, final long done, final long total) {
    return new ProgressBarBuilder()
        .setTaskName(name)
        .setInitialMax(total > 0 ? total : -1)
        .startsFrom(done, Duration.ZERO)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(INTERVAL_MILLIS)
        // A width of its own: asking the terminal would load a library that takes Ctrl-C over.
        .setConsumer(new DelegatingProgressBarConsumer(this::draw, columns - 1))
        .build();
  }

  /** Called by the bar's own thread, for which {@link #close} waits: so not under its lock. */
  private void draw(final String text) {
    print("\r" + text);
  }

  private void print(final String text) {
    synchronized (out) {
      out.print(text);
      out.flush();
    }
  }

  @Override
  public synchronized void log(final String message) {
    // Covers what is left of the bar, which comes back below at its next tick.
    final String cover = bar == null ? "" : " ".repeat(Math.max(0, columns - message.length()));
    print((bar == null ? "" : "\r") + message + cover + System.lineSeparator());
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      print(System.lineSeparator());
    }
    bar = null;
    stage = "";
  }

  private static int columns() {
    final String given = System.getenv("COLUMNS");
    return given != null && given.matches("[1-9]\\d{1,3}")
        ? Integer.parseInt(given)
        : USUAL_COLUMNS;
  }
}
