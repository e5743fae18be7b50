package org.anatomicalpriors.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.anatomicalpriors.progress.Durations;

/**
 * Progress as plain lines for logs and pipes: at most one every few seconds, with per cent and time
 * left, and a last one for each stage that took longer than that.
 */
final class LineProgress extends ShellProgress {

  /** Time between two lines. */
  static final long INTERVAL_NANOS = 5_000_000_000L;

  private final PrintWriter out;
  private final LongSupplier clock;
  private String stage = "";
  private long firstDone;
  private long lastDone;
  private long started;
  private long printed;
  private boolean any;

  /**
   * @param clock nanoseconds since any moment
   */
  LineProgress(final PrintWriter out, final Cancellation cancellation, final LongSupplier clock) {
    super(cancellation);
    this.out = out;
    this.clock = clock;
  }

  @Override
  public synchronized void update(
      final String name, final long done, final long total, final String message) {
    final long now = clock.getAsLong();
    final boolean again = done < lastDone;
    lastDone = done;
    if (!name.equals(stage) || again) {
      stage = name;
      firstDone = done;
      started = printed = now;
      any = false;
      return;
    }
    final boolean last = total > 0 && done >= total;
    if (last ? !any && now - printed < INTERVAL_NANOS : now - printed < INTERVAL_NANOS) return;
    any = !last;
    printed = now;
    out.println(line(done, total, message, now - started));
    out.flush();
  }

  private String line(
      final long done, final long total, final String message, final long elapsedNanos) {
    final StringBuilder line = new StringBuilder(stage).append(": ").append(done);
    if (total > 0)
      line.append(String.format(Locale.ROOT, " of %d (%d %%)", total, 100 * done / total));
    if (done < total && done > firstDone)
      line.append(", ")
          .append(Durations.text(1e-9 * elapsedNanos / (done - firstDone) * (total - done)))
          .append(" left");
    if (!message.isEmpty()) line.append(", ").append(message);
    return line.toString();
  }

  @Override
  public synchronized void log(final String message) {
    out.println(message);
    out.flush();
  }

  @Override
  public void close() {
    out.flush();
  }
}
