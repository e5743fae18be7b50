package org.anatomicalpriors.batch;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.anatomicalpriors.progress.Durations;
import org.anatomicalpriors.progress.Progress;

/** Counts what was done, and tells it. Safe for use by several threads. */
final class Ledger {

  private static final String STAGE = "Segmenting";

  private final int total;
  private final Progress progress;
  private final LongSupplier clock;
  private final Set<Path> decided = new HashSet<>();
  private final Map<Path, Throwable> failures = new HashMap<>();
  private int segmented;
  private int skipped;
  private long begun = -1;
  private int worked; // segmented or failed since then

  /**
   * @param total number of images
   * @param clock nanoseconds since any moment
   */
  Ledger(final int total, final Progress progress, final LongSupplier clock) {
    this.total = total;
    this.progress = progress;
    this.clock = clock;
  }

  /** Whether there is one image in all. */
  boolean isOfOne() {
    return total == 1;
  }

  /** The work itself begins; what was skipped before tells nothing about the time left. */
  synchronized void begin() {
    begun = clock.getAsLong();
    say("");
  }

  synchronized void skipped(final BatchImage image) {
    skipped++;
    decided.add(image.file());
    if (begun >= 0) say(image.name());
  }

  synchronized void segmented(final BatchImage image) {
    segmented++;
    worked++;
    decided.add(image.file());
    say(image.name());
  }

  synchronized void failed(final BatchImage image, final Throwable why) {
    failures.put(image.file(), why);
    worked++;
    decided.add(image.file());
    if (total > 1)
      progress.log(image.file() + " failed: " + FailureSentence.of(why) + " Going on.");
    say(image.name());
  }

  /** Tells something about the images now in work. */
  synchronized void say(final String message) {
    final int done = segmented + skipped + failures.size();
    final String left = left(done);
    progress.update(
        STAGE, done, total, message + (message.isEmpty() || left.isEmpty() ? "" : ", ") + left);
  }

  private String left(final int done) {
    if (worked == 0 || done >= total) return "";
    return Durations.text(1e-9 * (clock.getAsLong() - begun) / worked * (total - done)) + " left";
  }

  /** Files of which it is known what became of them, and why if they failed. */
  synchronized Map<Path, Throwable> outcomes() {
    final Map<Path, Throwable> outcomes = new HashMap<>();
    for (final Path file : decided) outcomes.put(file, failures.get(file));
    return outcomes;
  }

  synchronized BatchReport report() {
    return new BatchReport(segmented, skipped, failures);
  }
}
