package org.anatomicalpriors.batch;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.files.Claims;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.output.ResultWriter;
import org.anatomicalpriors.output.Run;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.Segmenter;
import org.anatomicalpriors.tensorflow.Engine;

/**
 * Segments files into one folder. It may be stopped or killed at any moment and started again, and
 * several processes may work on the same folder: each image is segmented once.
 *
 * <pre>{@code
 * Run run = new Run(model, settings, Set.of(), engine.arithmetic());
 * BatchReport report = new Batch(files, List.of(), null, folder, run, false).run(() -> engine, progress);
 * }</pre>
 *
 * For each image {@code NAME} the folder gets what {@link ResultWriter} writes, for all of them
 * {@code volumes.csv} and {@code label-set.csv}, and for those that fail {@code failed.csv}.
 */
public final class Batch {

  private static final long POLL_MILLIS = 100;
  private static final int CORES_A_READER = 4;

  private final List<BatchImage> images;
  private final Path folder;
  private final Run run;
  private final boolean redo;

  /**
   * @param files of images
   * @param channels other channels of them: files, or folders with one for each of the files
   * @param mask a file, or a folder with a mask for each of the files; null for none
   * @param folder for the results; has to exist
   * @param redo whether to segment again what is done
   * @throws InvalidInputException if two files would have results of the same name
   */
  public Batch(
      final List<Path> files,
      final List<Path> channels,
      final Path mask,
      final Path folder,
      final Run run,
      final boolean redo) {
    images = BatchImage.of(files, channels, mask, folder);
    this.folder = folder;
    this.run = run;
    this.redo = redo;
  }

  /**
   * Segments what is not done yet. Files that cannot be segmented are told in the report.
   *
   * @param engine asked for only if there is something to segment
   * @throws CancelledException if stopped on request; what was done stays
   * @throws java.io.UncheckedIOException if results cannot be written at all
   */
  public BatchReport run(final Supplier<Engine> engine, final Progress progress) {
    final DoneCheck done = new DoneCheck(run, redo, FileTime.from(Instant.now()));
    final Ledger ledger = new Ledger(images.size(), progress, System::nanoTime);
    try (Claims claims = Claims.in(folder)) {
      Leftovers.delete(folder, claims);
      final List<Flight> todo = todo(done, ledger, progress);
      final BatchTables tables = new BatchTables(folder, run, claims, ledger);
      int others = tables.write();
      if (!todo.isEmpty()) {
        try (AnatomicalPrior model = ModelBundle.open(run.model(), engine.get())) {
          final SegmentSteps steps =
              new SegmentSteps(
                  claims,
                  done,
                  Segmenter.of(model, run.settings()),
                  new ResultWriter(run, model.engine()),
                  new MemoryNeed(model, run),
                  ledger,
                  tables,
                  images.size() == 1 ? progress : new ImageProgress(ledger, progress));
          ledger.begin();
          segment(todo, steps, progress);
        } catch (final RuntimeException | Error e) {
          tell(tables, e);
          throw e;
        }
        others = tables.write();
      }
      if (!claims.isGuarding())
        progress.log(
            "The file system of "
                + folder
                + " knows no locks: let no more than one process at a time write there.");
      if (others > 0)
        progress.log(
            "Left out of volumes.csv: "
                + others
                + " images in "
                + folder
                + " that were segmented with another model, other settings or another version.");
      return ledger.report();
    }
  }

  private List<Flight> todo(final DoneCheck done, final Ledger ledger, final Progress progress) {
    final List<Flight> todo = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      progress.checkCancelled();
      progress.update("Looking for what is done", i, images.size(), "");
      if (isDone(images.get(i), done)) ledger.skipped(images.get(i));
      else todo.add(new Flight(images.get(i)));
    }
    return todo;
  }

  /** False also if there is something wrong, which comes out when it is its turn. */
  private static boolean isDone(final BatchImage image, final DoneCheck done) {
    try {
      return done.isDone(image, image.input());
    } catch (final RuntimeException e) {
      return false;
    }
  }

  private static void segment(
      final List<Flight> todo, final SegmentSteps steps, final Progress progress) {
    final int cores = Runtime.getRuntime().availableProcessors();
    final Pipeline<Flight> pipeline =
        new Pipeline<>(
            steps,
            Math.max(1, Math.min(CORES_A_READER, cores / CORES_A_READER)),
            Runtime.getRuntime().maxMemory() / 2);
    final List<Flight> tooLarge = new ArrayList<>();
    List<Flight> left = todo;
    while (!left.isEmpty()) {
      pipeline.run(left, progress);
      steps.takeTooLarge(tooLarge);
      left = new ArrayList<>();
      steps.takeBusy(left); // of other processes, which may be killed before they are done
      if (!left.isEmpty()) pause(progress);
    }
    if (tooLarge.isEmpty()) return;
    progress.log(
        "The memory ran out at " + tooLarge.size() + " images; trying each of them alone.");
    steps.alone();
    for (left = tooLarge; !left.isEmpty(); pause(progress)) {
      pipeline.runSingly(left, progress);
      left = new ArrayList<>();
      steps.takeBusy(left);
    }
  }

  private static void pause(final Progress progress) {
    progress.checkCancelled();
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException();
    }
  }

  /** Brings the tables up to date although the work was broken off. */
  private static void tell(final BatchTables tables, final Throwable why) {
    try {
      tables.write();
    } catch (final RuntimeException e) {
      why.addSuppressed(e);
    }
  }
}
