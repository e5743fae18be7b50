package org.anatomicalpriors.workflow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anatomicalpriors.io.ImageFiles;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.EngineSettings;
import org.anatomicalpriors.training.PriorSettings;
import org.anatomicalpriors.training.PriorTraining;

/** Learns a prior from label maps. */
public final class TrainPriorJob extends CoreJob {

  public static final Setting<List<Path>> LABELS =
      Setting.files("labels", "Label maps to learn from: files, or folders of them.")
          .example("maps/")
          .required();

  public TrainPriorJob() {
    super(
        "train-prior",
        "Learns an anatomy from label maps alone. The maps may differ in grid and orientation; they are aligned by the centroids of their labels.",
        "train-prior --labels maps/ --output prior.zip",
        "train-prior --labels maps/ --label-set freesurfer-compact --spacing 2 --output brain.zip",
        "train-prior --labels maps/ --output prior.zip --resume");
  }

  @Override
  public List<Setting<?>> files() {
    final List<Setting<?>> files = new ArrayList<>(List.of(LABELS, FileSettings.LABEL_SET));
    files.addAll(TrainedModelFile.ALL);
    return files;
  }

  @Override
  public List<Setting<?>> settings() {
    return PriorSettings.ALL;
  }

  @Override
  public JobResult run(final Settings values, final JobContext context) throws IOException {
    final Progress progress = context.progress();
    final LabelSet set = FileSettings.labelSet(values);
    final ImageFiles maps = ImageFiles.of(values.get(LABELS), progress);
    final TrainedModelFile model = new TrainedModelFile(values);
    model.check(progress);
    return model.save(
        PriorTraining.with(values.select(PriorSettings.ALL))
            .train(
                maps,
                set,
                EngineSettings.start(values),
                model.checkpoint(),
                model.resumes(),
                model.supervision(context)),
        progress);
  }
}
