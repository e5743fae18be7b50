package org.anatomicalpriors.workflow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anatomicalpriors.io.ImageFiles;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.training.SegmenterSettings;
import org.anatomicalpriors.training.SegmenterTraining;

/** Trains a segmenter with a prior. */
public final class TrainSegmenterJob extends CoreJob {

  public static final Setting<List<Path>> IMAGES =
      Setting.files("images", "Images to learn from, without labels: files, or folders of them.")
          .example("images/")
          .required();

  public static final Setting<List<Path>> PAIRED =
      Setting.files(
              "paired",
              "Label maps of some of the images, which they have the base name of: files, or folders of them. They help, but none are needed.")
          .example("maps/");

  public TrainSegmenterJob() {
    super(
        "train-segmenter",
        "Trains a segmenter for images with a prior, from images alone, or with label maps for some of them.",
        "train-segmenter --prior prior.zip --images images/ --output segmenter.zip",
        "train-segmenter --prior prior.zip --images t1/ --other-channels flair/ --output segmenter.zip",
        "train-segmenter --prior prior.zip --images images/ --paired maps/ --output segmenter.zip");
  }

  @Override
  public List<Setting<?>> files() {
    final List<Setting<?>> files =
        new ArrayList<>(List.of(FileSettings.PRIOR, IMAGES, FileSettings.OTHER_CHANNELS, PAIRED));
    files.addAll(TrainedModelFile.ALL);
    return files;
  }

  @Override
  public List<Setting<?>> settings() {
    return SegmenterSettings.ALL;
  }

  @Override
  public JobResult run(final Settings values, final JobContext context) throws IOException {
    final Progress progress = context.progress();
    final Path prior = FileSettings.model(values, FileSettings.PRIOR);
    final List<Path> paired = values.get(PAIRED);
    final ImageFiles images =
        ImageFiles.of(values.get(IMAGES), progress)
            .withChannels(values.get(FileSettings.OTHER_CHANNELS));
    final ImageFiles maps = paired.isEmpty() ? null : ImageFiles.of(paired, progress);
    final TrainedModelFile model = new TrainedModelFile(values);
    model.check(progress);
    try (AnatomicalPrior opened = ModelBundle.open(prior, engine(values, context))) {
      return model.save(
          SegmenterTraining.with(values.select(SegmenterSettings.ALL))
              .train(
                  opened,
                  images,
                  maps,
                  model.checkpoint(),
                  model.resumes(),
                  model.supervision(context)),
          progress);
    }
  }
}
