package org.anatomicalpriors.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.output.InputFile;
import org.anatomicalpriors.output.PastRun;
import org.anatomicalpriors.output.Run;

/** Finds out whether the results that are wanted of an image are there. */
final class DoneCheck {

  private final Run run;
  private final boolean redo;
  private final FileTime start;

  /**
   * @param redo whether results that are older than {@code start} do not count
   */
  DoneCheck(final Run run, final boolean redo, final Instant start) {
    this.run = run;
    this.redo = redo;
    this.start = FileTime.from(start);
  }

  /**
   * True if there is nothing to do.
   *
   * @throws InvalidInputException if the results there are of another image
   */
  boolean isDone(final BatchImage image, final InputFile input) {
    final Optional<PastRun> past = PastRun.of(image.results());
    return past.isPresent() && past.get().isDone(run, input) && !(redo && isOld(image));
  }

  private boolean isOld(final BatchImage image) {
    try {
      return Files.getLastModifiedTime(image.results().record()).compareTo(start) < 0;
    } catch (final IOException e) {
      return true; // Deleted at this moment.
    }
  }
}
