package org.anatomicalpriors.batch;

import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.anatomicalpriors.files.Claims;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.tensorflow.OutOfMemory;

/** Takes the steps of images that nobody else has claimed, and keeps the books. */
final class SegmentSteps implements Pipeline.Steps<Flight> {

  private final Claims claims;
  private final ImageSteps steps;
  private final Ledger ledger;
  private final BatchTables tables;
  private final Progress progress;
  private final Queue<Flight> busy = new ConcurrentLinkedQueue<>();
  private final Queue<Flight> tooLarge = new ConcurrentLinkedQueue<>();
  private final WriteFailures writeFailures = new WriteFailures();
  private volatile boolean alone;

  /**
   * @param progress of a single image
   */
  SegmentSteps(
      final Claims claims,
      final ImageSteps steps,
      final Ledger ledger,
      final BatchTables tables,
      final Progress progress) {
    this.claims = claims;
    this.steps = steps;
    this.ledger = ledger;
    this.tables = tables;
    this.progress = progress;
  }

  /** From now on there is one image at a time, and one that has too little memory has failed. */
  void alone() {
    alone = true;
  }

  /** Moves the images that others are working on to a list. */
  void takeBusy(final Collection<Flight> into) {
    for (Flight f = busy.poll(); f != null; f = busy.poll()) into.add(f);
  }

  /** Moves the images for which there was too little memory beside others to a list. */
  void takeTooLarge(final Collection<Flight> into) {
    for (Flight f = tooLarge.poll(); f != null; f = tooLarge.poll()) into.add(f);
  }

  @Override
  public boolean read(final Flight flight) {
    progress.checkCancelled();
    final Optional<Claims.Claim> claim = claims.tryClaim(flight.image.name());
    if (claim.isEmpty()) {
      busy.add(flight);
      return false;
    }
    flight.claim = claim.get();
    if (!steps.begin(flight)) {
      ledger.skipped(flight.image);
      return false;
    }
    steps.read(flight, progress);
    return true;
  }

  @Override
  public long bytes(final Flight flight) {
    return steps.bytes(flight);
  }

  @Override
  public void segment(final Flight flight) {
    steps.segment(flight, progress);
  }

  @Override
  public void write(final Flight flight) throws IOException {
    steps.write(flight, progress);
    writeFailures.none();
    ledger.segmented(flight.image);
    tables.writeNowAndThen();
  }

  /**
   * @throws java.io.UncheckedIOException if results in general cannot be written
   */
  @Override
  public void ended(final Flight flight, final Throwable failure) {
    final boolean writing = flight.result != null;
    flight.land();
    if (failure == null || failure instanceof CancelledException) return;
    if (!alone && OutOfMemory.is(failure)) {
      tooLarge.add(flight);
      return;
    }
    ledger.failed(flight.image, failure);
    if (writing) writeFailures.add(failure);
  }
}
