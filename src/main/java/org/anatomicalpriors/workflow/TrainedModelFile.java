package org.anatomicalpriors.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.files.AtomicFiles;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.io.ModelExports;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.training.Supervision;
import org.anatomicalpriors.training.TrainingControl;
import org.anatomicalpriors.training.TrainingListener;

/** Where a training writes its model, and its state on the way. */
public final class TrainedModelFile {

  public static final Setting<Path> OUTPUT =
      Setting.save(
              "output",
              "The model to write, a .zip file. While training, its state is kept beside it, with .checkpoint added to the name.")
          .example("brain.zip")
          .required();

  public static final Setting<Boolean> RESUME =
      Setting.flag(
              "resume",
              false,
              "Go on from the checkpoint of an interrupted training of the same output.")
          .ofOneRun();

  public static final Setting<Boolean> KEEP_CHECKPOINT =
      Setting.flag(
          "keep-checkpoint",
          false,
          "Keep the checkpoint, which holds the latest weights beside the best, when the training has ended.");

  static final List<Setting<?>> ALL = List.of(OUTPUT, RESUME, KEEP_CHECKPOINT);

  private final Path output;
  private final boolean resume;
  private final boolean keepCheckpoint;

  /**
   * @param values with those of {@link #ALL}
   */
  TrainedModelFile(final Settings values) {
    output = values.get(OUTPUT);
    resume = values.get(RESUME);
    keepCheckpoint = values.get(KEEP_CHECKPOINT);
  }

  Path checkpoint() {
    return output.resolveSibling(output.getFileName() + ".checkpoint");
  }

  boolean resumes() {
    return resume;
  }

  /** Whoever watches and steers in this context; models asked for go beside the output. */
  Supervision supervision(final JobContext context) {
    return Supervision.of(context.progress())
        .listener(context.find(TrainingListener.class).orElse(TrainingListener.NONE))
        .control(context.find(TrainingControl.class).orElse(TrainingControl.NONE))
        .export(ModelExports.beside(output));
  }

  /**
   * Finds out before the training whether it can start and its result be written.
   *
   * @throws InvalidInputException if not
   */
  void check(final Progress progress) {
    OutputPaths.file(output, ".zip");
    final boolean exists = Files.isRegularFile(checkpoint());
    if (resume && !exists)
      throw new InvalidInputException(
          "There is no checkpoint "
              + checkpoint()
              + " to resume from; leave out resume to start anew.");
    if (!resume && exists)
      progress.log(
          "The checkpoint "
              + checkpoint()
              + " of an interrupted training will be replaced; stop now and give resume (--resume in a shell) to go on from it.");
  }

  /** Saves and closes the model, then deletes the checkpoint unless it is to be kept. */
  JobResult save(final AnatomicalPrior trained, final Progress progress) throws IOException {
    try (AnatomicalPrior model = trained) {
      ModelBundle.save(model, output);
    }
    if (!keepCheckpoint) Files.deleteIfExists(checkpoint());
    AtomicFiles.deleteLeftovers(checkpoint());
    progress.log("The model is in " + output + ".");
    return new JobResult().file(output);
  }
}
