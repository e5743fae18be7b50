package org.anatomicalpriors.batch;

import java.io.IOException;
import java.nio.file.Path;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.output.ResultWriter;
import org.anatomicalpriors.output.Run;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.ImageMask;
import org.anatomicalpriors.segmentation.Segmenter;
import org.anatomicalpriors.segmentation.Subject;

/**
 * What is done with one image, whoever does it: read, segment, write. Safe for use by several
 * threads for different images.
 */
final class ImageSteps {

  private final DoneCheck done;
  private final Segmenter segmenter;
  private final ResultWriter writer;
  private final MemoryNeed need;

  /**
   * @param model stays the caller's to close
   */
  ImageSteps(final DoneCheck done, final AnatomicalPrior model, final Run run) {
    this.done = done;
    segmenter = Segmenter.of(model, run.settings());
    writer = new ResultWriter(run, model.engine());
    need = new MemoryNeed(model, run);
  }

  /** Looks at the files; false if the results are there, so that there is nothing to do. */
  boolean begin(final Flight flight) {
    flight.input = flight.image.input();
    return !isDone(flight);
  }

  /** Whether the results of what was looked at are there now. */
  boolean isDone(final Flight flight) {
    return done.isDone(flight.image, flight.input);
  }

  /** Reads what was looked at, unless it needs more memory than there is. */
  void read(final Flight flight, final Progress progress) {
    final long start = System.nanoTime();
    flight.subject = subject(flight.image, progress);
    need.require(flight.subject);
    flight.seconds.put("reading", (System.nanoTime() - start) / 1e9);
  }

  private static Subject subject(final BatchImage image, final Progress progress) {
    Subject subject = Subject.of(Images.open(image.file(), progress));
    for (final Path channel : image.channels())
      subject = subject.with(Images.open(channel, progress), progress);
    final Path mask = image.mask();
    return mask == null
        ? subject
        : subject.within(ImageMask.of(Images.open(mask, progress), subject.image()));
  }

  /** Bytes of Java's memory that what was read will need until it is written. */
  long bytes(final Flight flight) {
    return need.of(flight.subject);
  }

  void segment(final Flight flight, final Progress progress) {
    final long start = System.nanoTime();
    flight.result = segmenter.segment(flight.subject, progress);
    flight.seconds.put("segmenting", (System.nanoTime() - start) / 1e9);
  }

  void write(final Flight flight, final Progress progress) throws IOException {
    writer.write(
        flight.image.results(),
        flight.input,
        flight.subject,
        flight.result,
        flight.seconds,
        progress);
  }
}
