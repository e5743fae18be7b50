package org.anatomicalpriors.ui;

import java.nio.file.Path;
import java.util.List;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.io.ModelExports;
import org.anatomicalpriors.job.Job;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.TestEngine;
import org.anatomicalpriors.training.PriorSettings;
import org.anatomicalpriors.training.PriorTraining;
import org.anatomicalpriors.training.SegmenterSettings;
import org.anatomicalpriors.training.SegmenterTraining;
import org.anatomicalpriors.training.Supervision;
import org.anatomicalpriors.training.ToyImages;
import org.anatomicalpriors.training.TrainingControl;
import org.anatomicalpriors.training.TrainingListener;

/**
 * A training job on toy data, as a job of the workflow is: far too many steps, so it is stopped.
 */
final class ToyTraining implements Job {

  private static final Setting<Path> OUTPUT = Setting.save("output", "The model. Example: a.zip.");
  private static final int DEPTH = 12;
  private static final long STEPS = 1_000_000;

  private final boolean segmenter;

  ToyTraining(final boolean segmenter) {
    this.segmenter = segmenter;
  }

  Settings values(final Path output) {
    return Settings.of(parameters()).with(OUTPUT, output);
  }

  @Override
  public String name() {
    return "toy";
  }

  @Override
  public String description() {
    return "Learns toys.";
  }

  @Override
  public List<Setting<?>> files() {
    return List.of(OUTPUT);
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of();
  }

  @Override
  public List<Setting<?>> machine() {
    return List.of();
  }

  @Override
  public List<String> examples() {
    return List.of();
  }

  @Override
  public JobResult run(final Settings values, final JobContext context) {
    final Path output = values.get(OUTPUT);
    final Path checkpoint = output.resolveSibling(output.getFileName() + ".checkpoint");
    final Supervision supervision =
        Supervision.of(context.progress())
            .listener(context.find(TrainingListener.class).orElse(TrainingListener.NONE))
            .control(context.find(TrainingControl.class).orElse(TrainingControl.NONE))
            .export(ModelExports.beside(output));
    try (AnatomicalPrior model =
        segmenter ? segmenter(checkpoint, supervision) : prior(checkpoint, supervision)) {
      ModelBundle.save(model, output);
    }
    return new JobResult().file(output);
  }

  private static AnatomicalPrior prior(final Path checkpoint, final Supervision supervision) {
    return PriorTraining.with(
            Settings.of(PriorSettings.ALL)
                .with(PriorSettings.SPACING, 1.0)
                .with(PriorSettings.STEPS, STEPS)
                .with(PriorSettings.CHANNELS, List.of(8, 8))
                .with(PriorSettings.LATENT_SIZE, 2L)
                .with(PriorSettings.LEARNING_RATE, 0.003)
                .with(PriorSettings.WARM_UP, 0.0)
                .with(PriorSettings.ALIGN, false)
                .with(PriorSettings.CHECKPOINT_EVERY, 20L))
        .train(
            new ToyImages(8, DEPTH).maps(), null, TestEngine.get(), checkpoint, false, supervision);
  }

  private static AnatomicalPrior segmenter(final Path checkpoint, final Supervision supervision) {
    try (AnatomicalPrior prior = ToyImages.prior(DEPTH, 120, checkpoint.getParent())) {
      return SegmenterTraining.with(
              Settings.of(SegmenterSettings.ALL)
                  .with(SegmenterSettings.STEPS, STEPS)
                  .with(SegmenterSettings.LEARNING_RATE, 0.002)
                  .with(SegmenterSettings.CHECKPOINT_EVERY, 10L))
          .train(prior, new ToyImages(6, DEPTH), null, checkpoint, false, supervision);
    }
  }
}
