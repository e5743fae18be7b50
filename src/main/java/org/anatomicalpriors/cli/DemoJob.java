package org.anatomicalpriors.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.workflow.CoreJob;
import org.anatomicalpriors.workflow.FileSettings;

/** The whole method on an invented study, by the jobs that a person would run. */
final class DemoJob extends CoreJob {

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

  DemoJob() {
    super(
        "demo",
        "Shows the whole method on an invented study: learns the anatomy from label maps, trains a segmenter on images without labels, segments unseen images of two contrasts, and measures them beside an EM with a voxel-wise atlas and the atlas without any image.",
        "demo --output demo/");
  }

  @Override
  public List<Setting<?>> files() {
    return List.of(FileSettings.RESULTS);
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(MAPS, SPACING, PRIOR_STEPS, SEGMENTER_STEPS, CHANNELS, SEED);
  }

  @Override
  public JobResult run(final Settings values, final JobContext context) throws IOException {
    final long start = System.nanoTime();
    final Path folder = values.get(FileSettings.RESULTS).normalize();
    final Demo demo = new Demo(folder, values, context);
    demo.generate();
    demo.trainPrior();
    demo.trainSegmenter();
    final JobResult result = new JobResult().table(demo.segment()).file(folder);
    context
        .progress()
        .log(
            "The picture is "
                + folder.resolve("demo.png")
                + ". It took "
                + LineProgress.duration((System.nanoTime() - start) / 1e9)
                + ".");
    return result;
  }
}
