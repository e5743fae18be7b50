package org.anatomicalpriors.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.anatomicalpriors.io.ImageFiles;
import org.anatomicalpriors.io.LabelSetCsv;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.training.PriorSettings;
import org.anatomicalpriors.training.PriorTraining;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "train-prior",
    description =
        "Learns an anatomy from label maps alone. The maps may differ in grid and orientation; they are aligned by the centroids of their labels.",
    footer = {
      "",
      "Examples:",
      "  anatomical-priors train-prior --labels maps/ --output prior.zip",
      "  anatomical-priors train-prior --labels maps/ \\",
      "      --label-set freesurfer-compact --spacing 2 --output brain.zip",
      "  anatomical-priors train-prior --labels maps/ --output prior.zip --resume"
    })
final class TrainPriorCommand extends EngineJob {

  @Option(
      names = "--labels",
      required = true,
      arity = "1..*",
      paramLabel = "FILE|DIR",
      description = "Label maps to learn from: files, or folders of them.")
  private List<Path> labels;

  @Option(
      names = "--label-set",
      paramLabel = "CSV|NAME",
      description =
          "Which ids there are, their names, colours, merges and intensity groups: a CSV file or the built-in freesurfer-compact. Without it, every id of the maps is a label of its own.")
  private String labelSet;

  @Mixin private TrainedModel model;

  TrainPriorCommand(final Cancellation cancellation) {
    super(cancellation);
  }

  @Override
  List<Setting<?>> settings() {
    return PriorSettings.ALL;
  }

  @Override
  public Integer call() throws IOException {
    final Settings settings = givenSettings();
    final LabelSet set = labelSet == null ? null : LabelSetCsv.open(labelSet);
    try (ShellProgress progress = startProgress()) {
      final ImageFiles maps = ImageFiles.of(labels, progress);
      model.check(progress);
      final PriorTraining training = PriorTraining.with(settings);
      model.save(
          training.train(maps, set, startEngine(), model.checkpoint(), model.resumes(), progress),
          progress);
    }
    return ErrorMessages.OK;
  }
}
