package org.anatomicalpriors.cli;

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
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "segment",
    description =
        "Segments images with a segmenter, or with a prior alone. For each image NAME the output folder gets NAME-labels.nii.gz, NAME-volumes.csv, NAME-montage.png and NAME.json (how it was made), and for all of them volumes.csv.",
    footer = {
      "",
      "Examples:",
      "  anatomical-priors segment --model segmenter.zip --output results/ images/",
      "  anatomical-priors segment --model prior.zip --refine 30 --posteriors \\\\",
      "      --uncertainty --output results/ subject.nii.gz"
    })
final class SegmentCommand extends EngineJob {

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE.zip",
      description = "Segmenter or prior.")
  private Path model;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the results; made if it is not there.")
  private Path output;

  @Option(
      names = "--posteriors",
      description =
          "Write the probability of every label too: NAME-posteriors.nii.gz, a volume per label.")
  private boolean posteriors;

  @Option(
      names = "--uncertainty",
      description = "Write the entropy of the labels too, 0 to 1: NAME-uncertainty.nii.gz.")
  private boolean uncertainty;

  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGE|DIR",
      description = "Images to segment: files, or folders of them.")
  private List<Path> images;

  SegmentCommand(final Cancellation cancellation) {
    super(cancellation);
  }

  @Override
  List<Setting<?>> settings() {
    return SegmentationSettings.ALL;
  }

  @Override
  public Integer call() throws IOException {
    final Settings settings = givenSettings();
    ModelBundle.describe(model);
    final Failures failures = new Failures();
    try (ShellProgress progress = startProgress()) {
      final List<Path> files = inputs();
      final Path folder = OutputPaths.folder(output);
      final Engine engine = startEngine();
      try (AnatomicalPrior opened = ModelBundle.open(model, engine)) {
        final ResultWriter writer =
            new ResultWriter(folder, model, engine, settings, posteriors, uncertainty);
        final Segmenter segmenter = Segmenter.of(opened, settings);
        for (final Path file : files)
          try {
            segment(segmenter, file, writer, progress);
          } catch (final InvalidInputException | EngineException | UncheckedIOException e) {
            if (files.size() == 1) throw e;
            progress.log(file + " failed; going on with the others.");
            failures.add(file, e);
          }
      }
    }
    return failures.report(err()) ? ErrorMessages.FAILED : ErrorMessages.OK;
  }

  /** The images, whose results must have different names. */
  private List<Path> inputs() {
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
