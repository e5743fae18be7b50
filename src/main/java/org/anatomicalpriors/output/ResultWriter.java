package org.anatomicalpriors.output;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.real.FloatType;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.labels.LabelMaps;
import org.anatomicalpriors.picture.LabelColours;
import org.anatomicalpriors.picture.Montage;
import org.anatomicalpriors.picture.PictureOptions;
import org.anatomicalpriors.picture.PngFiles;
import org.anatomicalpriors.progress.Ahead;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.Segmentation;
import org.anatomicalpriors.segmentation.Subject;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.tensorflow.Engine;

/**
 * Writes what was found in images. For an image {@code NAME}: {@code NAME-labels.nii.gz}, {@code
 * NAME-volumes.csv}, {@code NAME-montage.png}, a file for each {@link Extra} on request, and at
 * last {@code NAME.json}, so that where this is the others are whole.
 */
public final class ResultWriter {

  private final Run run;
  private final RunRecord record;

  public ResultWriter(final Run run, final Engine engine) {
    this.run = run;
    this.record = new RunRecord(run, engine);
  }

  /**
   * Writes the results of one image. Safe for use by several threads for different images.
   *
   * @param input the image's file, whose header the results keep
   * @param subject what was read from it
   * @param secondsBefore wall time of what came before, by stage
   * @throws java.io.UncheckedIOException if a file cannot be written
   */
  public void write(
      final ResultPaths files,
      final InputFile input,
      final Subject subject,
      final Segmentation result,
      final Map<String, Double> secondsBefore,
      final Progress progress)
      throws IOException {
    final long start = System.nanoTime();
    final Path source = input.file();
    // An older record must not vouch for a mixture of old and new files.
    Files.deleteIfExists(files.record());
    final List<Path> written = files.requested(run.extras());
    for (final Path old : files.all()) if (!written.contains(old)) Files.deleteIfExists(old);
    final SpatialImage<? extends IntegerType<?>> labels =
        LabelMaps.toIds(result.labels(), result.grid(), result.labelSet(), files.name());
    final Montage montage =
        new Montage(
            LabelColours.forIds(result.labelSet()), new PictureOptions().title(files.name()));
    final Ahead<BufferedImage> picture =
        new Ahead<>("montage", () -> montage.outlined(subject.image(), labels)).begin();
    try {
      Images.saveLabelsLike(labels, files.labels(), source);
      for (final Extra extra : run.extras())
        write(extra, subject, result, files.extra(extra), source, progress);
      progress.checkCancelled();
      new VolumesTable().add(files.name(), result.volumes()).write(files.volumes());
      PngFiles.write(picture.get(), files.montage());
    } finally {
      picture.end();
    }
    progress.checkCancelled();
    final Map<String, Double> seconds = new LinkedHashMap<>(secondsBefore);
    seconds.put("writing", (System.nanoTime() - start) / 1e9);
    seconds.put("total", seconds.values().stream().mapToDouble(s -> s).sum());
    record.write(files, written, input, result.report(), seconds);
  }

  private static void write(
      final Extra extra,
      final Subject subject,
      final Segmentation result,
      final Path file,
      final Path source,
      final Progress progress) {
    switch (extra) {
      case POSTERIORS:
        Images.saveVolumesLike(allPosteriors(result, progress), file, source);
        break;
      case UNCERTAINTY:
        Images.saveLike(result.uncertainty(progress), file, source);
        break;
      case BIAS_FIELD:
        save(perChannel(subject, c -> result.biasField(c, progress)), file, source);
        break;
      default:
        save(
            perChannel(subject, c -> result.corrected(c, subject.channels().get(c), progress)),
            file,
            source);
    }
  }

  private static List<SpatialImage<FloatType>> perChannel(
      final Subject subject, final IntFunction<SpatialImage<FloatType>> volume) {
    return IntStream.range(0, subject.channels().size())
        .mapToObj(volume)
        .collect(Collectors.toList());
  }

  /** One volume as such, several with a fourth axis. */
  private static void save(
      final List<SpatialImage<FloatType>> volumes, final Path file, final Path source) {
    if (volumes.size() == 1) Images.saveLike(volumes.get(0), file, source);
    else Images.saveVolumesLike(volumes, file, source);
  }

  private static List<SpatialImage<FloatType>> allPosteriors(
      final Segmentation result, final Progress progress) {
    final List<SpatialImage<FloatType>> volumes = new ArrayList<>();
    for (int l = 0; l < result.labelSet().size(); l++) volumes.add(result.posterior(l, progress));
    return volumes;
  }
}
