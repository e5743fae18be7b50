package org.anatomicalpriors.workflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.output.ResultWriter;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.Segmentation;
import org.anatomicalpriors.segmentation.Segmenter;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.tensorflow.EngineException;

/** Segments files one after the other. */
final class SegmentationLoop {

  private final Segmenter segmenter;
  private final ResultWriter writer;

  SegmentationLoop(final Segmenter segmenter, final ResultWriter writer) {
    this.segmenter = segmenter;
    this.writer = writer;
  }

  /**
   * Segments all; of several, a file that cannot be segmented becomes a failure of the result.
   *
   * @throws InvalidInputException if the only file cannot be segmented
   */
  void segment(final List<Path> files, final JobResult result, final Progress progress)
      throws IOException {
    for (final Path file : files)
      try {
        segment(file, progress);
      } catch (final InvalidInputException | EngineException | UncheckedIOException e) {
        if (files.size() == 1) throw e;
        progress.log(file + " failed; going on with the others.");
        result.failure(file + ": " + e.getMessage());
      }
  }

  private void segment(final Path file, final Progress progress) throws IOException {
    progress.checkCancelled();
    final long start = System.nanoTime();
    final SpatialImage<? extends RealType<?>> image = Images.open(file, progress);
    final long read = System.nanoTime();
    final Segmentation result = segmenter.segment(image, progress);
    final Map<String, Double> seconds = new LinkedHashMap<>();
    seconds.put("reading", (read - start) / 1e9);
    seconds.put("segmenting", (System.nanoTime() - read) / 1e9);
    writer.write(file, image, result, seconds, progress);
  }
}
