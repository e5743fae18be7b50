package org.anatomicalpriors.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.anatomicalpriors.files.Claims;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.output.Run;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.tensorflow.Engine;
import org.anatomicalpriors.tensorflow.OutOfMemory;

/**
 * Segments images as they are asked for, by any number of threads, with one model that is opened
 * once.
 *
 * <p>Several may be asked for the same image at the same time, in any processes: each segments it,
 * and whoever is first claims it and writes; the others find it done. Where the file system knows
 * no locks they may all write: as files are moved into place whole, and those of one image are the
 * same bytes whoever makes them, the results are whole all the same.
 */
public final class SharedWorker implements AutoCloseable {

  private static final long POLL_MILLIS = 50;

  private final Path folder;
  private final AnatomicalPrior model;
  private final ImageSteps steps;
  private final long memory = Runtime.getRuntime().maxMemory() / 2;
  private final MemoryGate gate = new MemoryGate(memory);
  private int working;
  private volatile boolean closed;

  /**
   * Opens the model.
   *
   * @param redo whether results that are older than {@code start} do not count
   */
  public SharedWorker(
      final Path folder,
      final Run run,
      final boolean redo,
      final Instant start,
      final Engine engine) {
    this.folder = folder;
    model = ModelBundle.open(run.model(), engine);
    steps = new ImageSteps(new DoneCheck(run, redo, start), model, run);
  }

  /**
   * Segments an image and writes the results, if they are not there.
   *
   * @return what became of it, also if it failed
   * @throws CancelledException if stopped on request or closed
   */
  public Outcome segment(final BatchImage image, final Progress progress) {
    final Notes notes = new Notes(() -> closed || progress.isCancelled());
    enter();
    try {
      final Outcome outcome = attempt(image, notes, false);
      return outcome == null ? attempt(image, notes, true) : outcome;
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException();
    } finally {
      leave();
    }
  }

  /**
   * @param alone whether to wait until there is no other image here
   * @return null if there was too little memory beside others
   */
  private Outcome attempt(final BatchImage image, final Notes notes, final boolean alone)
      throws InterruptedException {
    final Flight flight = new Flight(image);
    long bytes = 0;
    try {
      if (alone) gate.enter(bytes = memory);
      if (!steps.begin(flight)) return Outcome.skipped();
      steps.read(flight, notes);
      if (!alone) {
        final long needed = steps.bytes(flight);
        gate.enter(needed);
        bytes = needed;
      }
      steps.segment(flight, notes);
      return write(flight, notes) ? Outcome.segmented(notes.messages()) : Outcome.skipped();
    } catch (final InterruptedException | CancelledException e) {
      throw e;
    } catch (final Exception | OutOfMemoryError e) {
      notes.checkCancelled();
      if (!alone && OutOfMemory.is(e)) return null;
      return Outcome.failed(e, flight.result != null, notes.messages());
    } finally {
      flight.land();
      gate.leave(bytes);
    }
  }

  /** False if somebody else has written the results by now. */
  private boolean write(final Flight flight, final Progress progress)
      throws IOException, InterruptedException {
    try (Claims claims = Claims.in(folder)) {
      Optional<Claims.Claim> claim = claims.tryClaim(flight.image.name());
      while (claim.isEmpty()) {
        progress.checkCancelled();
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        claim = claims.tryClaim(flight.image.name());
      }
      try (Claims.Claim held = claim.get()) {
        if (steps.isDone(flight)) return false;
        steps.write(flight, progress);
        return true;
      }
    }
  }

  private synchronized void enter() {
    if (closed) throw new CancelledException();
    working++;
  }

  private synchronized void leave() {
    working--;
    notifyAll();
  }

  /** Stops what is being segmented, waits for it, and closes the model. */
  @Override
  public synchronized void close() {
    closed = true;
    boolean interrupted = false;
    while (working > 0)
      try {
        wait();
      } catch (final InterruptedException e) {
        interrupted = true;
      }
    model.close();
    if (interrupted) Thread.currentThread().interrupt();
  }
}
