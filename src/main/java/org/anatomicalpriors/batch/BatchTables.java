package org.anatomicalpriors.batch;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.anatomicalpriors.files.Claims;
import org.anatomicalpriors.io.LabelSetCsv;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.output.ResultPaths;
import org.anatomicalpriors.output.Run;
import org.anatomicalpriors.output.VolumesTables;

/**
 * The tables of a whole folder: of volumes, of failures, and of the labels' names. Processes that
 * share the folder write them one after the other, each from what is there at that moment, so that
 * the last one is whole.
 */
final class BatchTables {

  /** No name of an image, for there is a slash in it. */
  static final String CLAIM = "/tables";

  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** Time spent on tables is at most one part in so many. */
  private static final long SHARE = 50;

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long POLL_MILLIS = 20;

  private final Path folder;
  private final Claims claims;
  private final LabelSet labels;
  private final VolumesTables volumes;
  private final FailedTable failed;
  private final Ledger ledger;
  private final ReentrantLock writing = new ReentrantLock();
  private boolean named; // the labels were written by this process
  private volatile long next = System.nanoTime() + INTERVAL_NANOS;

  BatchTables(final Path folder, final Run run, final Claims claims, final Ledger ledger) {
    this.folder = folder;
    this.claims = claims;
    labels = ModelBundle.describe(run.model()).labels();
    this.ledger = ledger;
    volumes = new VolumesTables(folder, run);
    failed = new FailedTable(folder);
  }

  /** Writes the tables if that was not done for a while. */
  void writeNowAndThen() {
    if (System.nanoTime() - next < 0 || !writing.tryLock()) return;
    try {
      write();
    } finally {
      writing.unlock();
    }
  }

  /**
   * Writes the tables.
   *
   * @return number of images in the folder that belong to other runs and are left out
   * @throws java.io.UncheckedIOException if that fails
   */
  int write() {
    writing.lock();
    final Optional<Claims.Claim> claim = claim();
    try {
      final long start = System.nanoTime();
      failed.write(ledger.outcomes());
      if (!named) LabelSetCsv.write(labels, folder.resolve(ResultPaths.LABEL_SET));
      named = true;
      final int others = volumes.write();
      final long end = System.nanoTime();
      next = end + Math.max(INTERVAL_NANOS, SHARE * (end - start));
      return others;
    } finally {
      claim.ifPresent(Claims.Claim::close);
      writing.unlock();
    }
  }

  /** Waits for another process to finish its tables, but not for one that hangs. */
  private Optional<Claims.Claim> claim() {
    final long start = System.nanoTime();
    Optional<Claims.Claim> claim = claims.tryClaim(CLAIM);
    try {
      while (claim.isEmpty() && System.nanoTime() - start < PATIENCE_NANOS) {
        Thread.sleep(POLL_MILLIS);
        claim = claims.tryClaim(CLAIM);
      }
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return claim;
  }
}
