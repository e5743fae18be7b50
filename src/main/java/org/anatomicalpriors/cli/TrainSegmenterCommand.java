package org.anatomicalpriors.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.anatomicalpriors.io.ImageFiles;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.training.SegmenterSettings;
import org.anatomicalpriors.training.SegmenterTraining;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "train-segmenter",
    description =
        "Trains a segmenter for images with a prior, from images alone, or with label maps for some of them.",
    footer = {
      "",
      "Examples:",
      "  anatomical-priors train-segmenter --prior prior.zip --images images/ \\\\",
      "      --output segmenter.zip",
      "  anatomical-priors train-segmenter --prior prior.zip --images images/ \\\\",
      "      --paired maps/ --output segmenter.zip"
    })
final class TrainSegmenterCommand extends EngineJob {

  @Option(
      names = "--prior",
      required = true,
      paramLabel = "FILE.zip",
      description = "Prior that train-prior made.")
  private Path prior;

  @Option(
      names = "--images",
      required = true,
      arity = "1..*",
      paramLabel = "FILE|DIR",
      description = "Images to learn from, without labels: files, or folders of them.")
  private List<Path> images;

  @Option(
      names = "--paired",
      arity = "1..*",
      paramLabel = "FILE|DIR",
      description = "Label maps of some of the images, which they have the base name of.")
  private List<Path> paired = List.of();

  @Mixin private TrainedModel model;

  TrainSegmenterCommand(final Cancellation cancellation) {
    super(cancellation);
  }

  @Override
  List<Setting<?>> settings() {
    return SegmenterSettings.ALL;
  }

  @Override
  public Integer call() throws IOException {
    final Settings settings = givenSettings();
    ModelBundle.describe(prior);
    try (ShellProgress progress = startProgress()) {
      final ImageFiles unlabelled = ImageFiles.of(images, progress);
      final ImageFiles maps = paired.isEmpty() ? null : ImageFiles.of(paired, progress);
      model.check(progress);
      try (AnatomicalPrior opened = ModelBundle.open(prior, startEngine())) {
        model.save(
            SegmenterTraining.with(settings)
                .train(opened, unlabelled, maps, model.checkpoint(), model.resumes(), progress),
            progress);
      }
    }
    return ErrorMessages.OK;
  }
}
