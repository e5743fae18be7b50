package org.anatomicalpriors.measuring;

import org.anatomicalpriors.progress.Progress;

/** A line now and then on standard error, as a log of hours of work needs it. */
public final class Lines implements Progress {
  private static final double EVERY_SECONDS = 60;
  private long last;

  @Override
  public synchronized void update(
      final String stage, final long done, final long total, final String message) {
    final long now = System.nanoTime();
    if (last != 0 && (now - last) / 1e9 < EVERY_SECONDS) return;
    last = now;
    log(stage + " " + done + " of " + total + " " + message);
  }

  @Override
  public void log(final String message) {
    System.err.println(message);
  }
}
