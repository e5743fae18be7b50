package org.anatomicalpriors.batch;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.anatomicalpriors.files.Claims;
import org.anatomicalpriors.output.Run;
import org.anatomicalpriors.progress.Progress;

/** What is left to do of a batch, and the books of it. */
public final class BatchWork {

  private final List<BatchImage> images;
  private final Path folder;
  private final Run run;
  private final boolean redo;
  private final Instant start;
  final Claims claims;
  final DoneCheck done;
  final Ledger ledger;
  final BatchTables tables;
  private final DoneCheck made; // whenever that was: clocks of computers differ
  private final WriteFailures writeFailures = new WriteFailures();

  BatchWork(
      final List<BatchImage> images,
      final Path folder,
      final Run run,
      final boolean redo,
      final Instant start,
      final Claims claims,
      final DoneCheck done,
      final Ledger ledger,
      final BatchTables tables) {
    this.images = images;
    this.folder = folder;
    this.run = run;
    this.redo = redo;
    this.start = start;
    this.claims = claims;
    this.done = done;
    this.ledger = ledger;
    this.tables = tables;
    made = new DoneCheck(run, false, start);
  }

  /** The images that are not done. */
  public List<BatchImage> images() {
    return images;
  }

  /** Folder for the results. */
  public Path folder() {
    return folder;
  }

  public Run run() {
    return run;
  }

  /** Whether results that are older than {@link #start} do not count. */
  public boolean isRedone() {
    return redo;
  }

  /** When the batch began. */
  public Instant start() {
    return start;
  }

  /** Tells that the images themselves are begun with. */
  public void begin() {
    ledger.begin();
  }

  /**
   * Enters what became of an image.
   *
   * @throws RuntimeException if results in general cannot be written, or none can be made
   */
  public void enter(final BatchImage image, final Outcome outcome, final Progress progress) {
    outcome.messages().forEach(progress::log);
    switch (outcome.kind()) {
      case SEGMENTED:
        writeFailures.none();
        ledger.segmented(image);
        break;
      case SKIPPED:
        ledger.skipped(image);
        break;
      case UNABLE:
        throw outcome.failure();
      default:
        ledger.failed(image, outcome.failure());
        if (outcome.kind() == Outcome.Kind.UNWRITTEN) writeFailures.add(outcome.failure());
    }
    tables.writeNowAndThen();
  }

  /** Whether the results of an image are to be seen in the folder from here. */
  public boolean isMade(final BatchImage image) {
    return made.isDone(image, image.input());
  }
}
