package org.anatomicalpriors.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.segmentation.SegmentationSettings;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.training.PriorSettings;
import org.anatomicalpriors.training.SegmenterSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description =
        "Shows the whole method on an invented study: learns the anatomy from label maps, trains a segmenter on images without labels, segments unseen images of two contrasts, and measures them beside an EM with a voxel-wise atlas and the atlas without any image.",
    footer = {"", "Example:", "  anatomical-priors demo --output demo/"})
final class DemoCommand extends EngineJob {

  static final Setting<Long> PRIOR_STEPS =
      Setting.integer("prior-steps", 1200, 1, 1_000_000, "steps", "Training steps of the prior.");
  static final Setting<Long> SEGMENTER_STEPS =
      Setting.integer(
          "segmenter-steps", 100, 1, 1_000_000, "steps", "Training steps of the segmenter.");
  static final Setting<Long> MAPS =
      Setting.integer("maps", 30, 1, 1000, "label maps", "Label maps to learn from.");
  static final Setting<Double> SPACING =
      Setting.real("spacing", 2, 0.5, 20, "mm", "Voxel size of label maps, images and prior.");
  static final Setting<List<Integer>> CHANNELS =
      Setting.integers(
          "channels", List.of(8, 16), 1, 4096, "channels", "Channels of the networks.");
  static final Setting<Long> SEED =
      Setting.integer(
          "seed", 1, Long.MIN_VALUE, Long.MAX_VALUE, "", "Start of all random numbers.");
  static final List<Setting<?>> ALL =
      List.of(MAPS, SPACING, PRIOR_STEPS, SEGMENTER_STEPS, CHANNELS, SEED);

  /** Individuals whose images the segmenter learns from, and those it has never seen. */
  private static final int SEEN = 6;

  private static final int UNSEEN = 2;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the study and the results; made if it is not there.")
  private Path output;

  DemoCommand(final Cancellation cancellation) {
    super(cancellation);
  }

  @Override
  List<Setting<?>> settings() {
    return ALL;
  }

  @Override
  public Integer call() throws IOException {
    final Settings s = givenSettings();
    final Path folder = OutputPaths.folder(output.normalize());
    final long start = System.nanoTime();
    try (ShellProgress progress = startProgress()) {
      GenerateCommand.write(study(s), folder, progress);
      final Demo demo = new Demo(folder, startEngine(), progress);
      try (AnatomicalPrior prior = demo.trainPrior(prior(s));
          AnatomicalPrior segmenter = demo.trainSegmenter(prior, segmenter(s), UNSEEN)) {
        demo.segment(segmenter, Settings.of(SegmentationSettings.ALL), UNSEEN);
      }
      progress.close();
      demo.table().print(out());
    }
    out()
        .printf(
            "%nThe picture is %s. It took %s.%n",
            folder.resolve("demo.png"), LineProgress.duration((System.nanoTime() - start) / 1e9));
    out().flush();
    return ErrorMessages.OK;
  }

  private static Settings study(final Settings s) {
    return Settings.of(GenerateCommand.ALL)
        .with(GenerateCommand.COUNT, s.get(MAPS))
        .with(GenerateCommand.IMAGES, (long) SEEN + UNSEEN)
        .with(GenerateCommand.SPACING, s.get(SPACING))
        .with(GenerateCommand.SEED, s.get(SEED));
  }

  private static Settings prior(final Settings s) {
    return Settings.of(PriorSettings.ALL)
        .with(PriorSettings.STEPS, s.get(PRIOR_STEPS))
        .with(PriorSettings.SPACING, s.get(SPACING))
        .with(PriorSettings.CHANNELS, s.get(CHANNELS))
        .with(PriorSettings.SEED, s.get(SEED));
  }

  private static Settings segmenter(final Settings s) {
    return Settings.of(SegmenterSettings.ALL).with(SegmenterSettings.STEPS, s.get(SEGMENTER_STEPS));
  }
}
