package org.anatomicalpriors.workflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.io.ImageFiles;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.output.ResultWriter;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.Segmentation;
import org.anatomicalpriors.segmentation.SegmentationSettings;
import org.anatomicalpriors.segmentation.Segmenter;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.tensorflow.Engine;
import org.anatomicalpriors.tensorflow.EngineException;
import org.anatomicalpriors.tensorflow.EngineSettings;

/** Segments images and writes what was found. */
public final class SegmentJob extends CoreJob {

  public static final Setting<List<Path>> IMAGES =
      Setting.files("images", "Images to segment: files, or folders of them.")
          .example("images/")
          .required();

  public static final Setting<Boolean> POSTERIORS =
      Setting.flag(
          "posteriors",
          false,
          "Write the probability of every label, 0 to 1, too: NAME-posteriors.nii.gz, a volume per label.");

  public static final Setting<Boolean> UNCERTAINTY =
      Setting.flag(
          "uncertainty",
          false,
          "Write the entropy of the labels, 0 (certain) to 1 (nothing known), too: NAME-uncertainty.nii.gz.");

  public SegmentJob() {
    super(
        "segment",
        "Segments images with a segmenter, or with a prior alone. For each image NAME the output folder gets NAME-labels.nii.gz, NAME-volumes.csv, NAME-montage.png and NAME.json (how it was made), and for all of them volumes.csv.",
        "segment --model segmenter.zip --output results/ images/",
        "segment --model prior.zip --refine 30 --posteriors --uncertainty --output results/ subject.nii.gz");
  }

  @Override
  public List<Setting<?>> files() {
    return List.of(FileSettings.MODEL, IMAGES, FileSettings.RESULTS, POSTERIORS, UNCERTAINTY);
  }

  @Override
  public String argument() {
    return IMAGES.name();
  }

  @Override
  public List<Setting<?>> settings() {
    return SegmentationSettings.ALL;
  }

  @Override
  public JobResult run(final Settings values, final JobContext context) throws IOException {
    final Path model = values.get(FileSettings.MODEL);
    ModelBundle.describe(model);
    final List<Path> files = inputs(values.get(IMAGES));
    final Path folder = OutputPaths.folder(values.get(FileSettings.RESULTS));
    final Settings settings = values.select(SegmentationSettings.ALL);
    final Engine engine = EngineSettings.start(values);
    final JobResult result = new JobResult().file(folder);
    try (AnatomicalPrior opened = ModelBundle.open(model, engine)) {
      final ResultWriter writer =
          new ResultWriter(
              folder, model, engine, settings, values.get(POSTERIORS), values.get(UNCERTAINTY));
      final Segmenter segmenter = Segmenter.of(opened, settings);
      for (final Path file : files)
        try {
          segment(segmenter, file, writer, context.progress());
        } catch (final InvalidInputException | EngineException | UncheckedIOException e) {
          if (files.size() == 1) throw e;
          context.progress().log(file + " failed; going on with the others.");
          result.failure(file + ": " + e.getMessage());
        }
    }
    return result;
  }

  /** The images, whose results must have different names. */
  private static List<Path> inputs(final List<Path> images) {
    final List<Path> files = ImageFiles.list(images);
    final Map<String, Path> byName = new HashMap<>();
    for (final Path file : files) {
      final Path other = byName.put(Images.baseName(file), file);
      if (other != null)
        throw new InvalidInputException(
            other
                + " and "
                + file
                + " would write results of the same name; segment them into two folders.");
    }
    return files;
  }

  private static void segment(
      final Segmenter segmenter,
      final Path file,
      final ResultWriter writer,
      final Progress progress)
      throws IOException {
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
