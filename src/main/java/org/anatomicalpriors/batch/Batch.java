package org.anatomicalpriors.batch;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.files.Claims;
import org.anatomicalpriors.output.ResultWriter;
import org.anatomicalpriors.output.Run;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;
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
    this(BatchInputs.ofFiles(files), channels, mask, folder, run, redo);
  }

  /**
   * As above, of images that may be listed in manifests.
   *
   * @throws InvalidInputException if two files would have results of the same name, or an image
   *     lacks a companion
   */
  public Batch(
      final BatchInputs inputs,
      final List<Path> channels,
      final Path mask,
      final Path folder,
      final Run run,
      final boolean redo) {
    images = BatchImage.of(inputs.with(channels, mask, folder), folder);
    this.folder = folder;
    this.run = run;
    this.redo = redo;
  }

  /**
   * Segments what is not done yet, in this process. Files that cannot be segmented are told in the
   * report.
   *
   * @param engine asked for only if there is something to segment
   * @throws CancelledException if stopped on request; what was done stays
   * @throws java.io.UncheckedIOException if results cannot be written at all
   */
  public BatchReport run(final Supplier<Engine> engine, final Progress progress) {
    return run(new ThreadWorkers(engine), progress);
  }

  /**
   * Lets others segment what is not done yet.
   *
   * @param workers called only if there is something to segment
   */
  public BatchReport run(final Workers workers, final Progress progress) {
    final Instant start = Instant.now();
    final DoneCheck done = new DoneCheck(run, redo, start);
    final Ledger ledger = new Ledger(images.size(), progress, System::nanoTime);
    try (Claims claims = Claims.in(folder)) {
      Leftovers.delete(folder, claims);
      final List<BatchImage> todo = todo(done, ledger, progress);
      final BatchTables tables = new BatchTables(folder, run, claims, ledger);
      int others = tables.write();
      if (!todo.isEmpty()) {
        try {
          workers.segment(
              new BatchWork(todo, folder, run, redo, start, claims, done, ledger, tables),
              progress);
        } catch (final RuntimeException | Error e) {
          tell(tables, e);
          throw e;
        }
        others = tables.write();
        Leftovers.delete(folder, claims); // of processes that were killed while this one worked
      }
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

  private List<BatchImage> todo(
      final DoneCheck done, final Ledger ledger, final Progress progress) {
    final List<BatchImage> todo = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      progress.checkCancelled();
      progress.update("Looking for what is done", i, images.size(), "");
      if (isDone(images.get(i), done)) ledger.skipped(images.get(i));
      else todo.add(images.get(i));
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

  /** Brings the tables up to date although the work was broken off. */
  private static void tell(final BatchTables tables, final Throwable why) {
    try {
      tables.write();
    } catch (final RuntimeException e) {
      why.addSuppressed(e);
    }
  }
}
