package org.anatomicalpriors.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.anatomicalpriors.files.Claims;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.output.ResultWriter;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.ImageMask;
import org.anatomicalpriors.segmentation.Segmenter;
import org.anatomicalpriors.segmentation.Subject;
import org.anatomicalpriors.tensorflow.OutOfMemory;

/** Reads, segments and writes images that nobody else has claimed. */
final class SegmentSteps implements Pipeline.Steps<Flight> {

  /** So many results in a row that cannot be written mean that none can. */
  private static final int WRITE_FAILURES = 3;

  private final Claims claims;
  private final DoneCheck done;
  private final Segmenter segmenter;
  private final ResultWriter writer;
  private final MemoryNeed need;
  private final Ledger ledger;
  private final BatchTables tables;
  private final Progress progress;
  private final Queue<Flight> busy = new ConcurrentLinkedQueue<>();
  private final Queue<Flight> tooLarge = new ConcurrentLinkedQueue<>();
  private final AtomicInteger writeFailures = new AtomicInteger();
  private volatile boolean alone;

  /**
   * @param progress of a single image
   */
  SegmentSteps(
      final Claims claims,
      final DoneCheck done,
      final Segmenter segmenter,
      final ResultWriter writer,
      final MemoryNeed need,
      final Ledger ledger,
      final BatchTables tables,
      final Progress progress) {
    this.claims = claims;
    this.done = done;
    this.segmenter = segmenter;
    this.writer = writer;
    this.need = need;
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
    flight.input = flight.image.input();
    if (done.isDone(flight.image, flight.input)) {
      ledger.skipped(flight.image);
      return false;
    }
    final long start = System.nanoTime();
    flight.subject = subject(flight.image);
    need.require(flight.subject);
    flight.seconds.put("reading", (System.nanoTime() - start) / 1e9);
    return true;
  }

  private Subject subject(final BatchImage image) {
    Subject subject = Subject.of(Images.open(image.file(), progress));
    for (final Path channel : image.channels())
      subject = subject.with(Images.open(channel, progress), progress);
    final Path mask = image.mask();
    return mask == null
        ? subject
        : subject.within(ImageMask.of(Images.open(mask, progress), subject.image()));
  }

  @Override
  public long bytes(final Flight flight) {
    return need.of(flight.subject);
  }

  @Override
  public void segment(final Flight flight) {
    final long start = System.nanoTime();
    flight.result = segmenter.segment(flight.subject, progress);
    flight.seconds.put("segmenting", (System.nanoTime() - start) / 1e9);
  }

  @Override
  public void write(final Flight flight) throws IOException {
    writer.write(
        flight.image.results(),
        flight.input,
        flight.subject,
        flight.result,
        flight.seconds,
        progress);
    writeFailures.set(0);
    ledger.segmented(flight.image);
    tables.writeNowAndThen();
  }

  /**
   * @throws UncheckedIOException if results in general cannot be written
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
    if (writing && writeFailures.incrementAndGet() == WRITE_FAILURES)
      throw new UncheckedIOException(
          "Three results in a row could not be written, so the rest was left undone; the last: "
              + FailureSentence.of(failure),
          new IOException(failure));
  }
}
