package org.anatomicalpriors.ui;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.anatomicalpriors.fiji.FijiBackend;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.progress.Progress;

/** Trains the prior of the guide's study to its end, and takes a picture on the way. */
public final class TrainingPicture {

  private static final int LIMIT_SECONDS = 3600;

  private TrainingPicture() {}

  /**
   * @param arguments folder of the study, training steps, voxel size in mm, file of the picture
   */
  public static void main(final String[] arguments) throws Exception {
    WindowManager.start();
    final Path study = Path.of(arguments[0]);
    final int steps = Integer.parseInt(arguments[1]);
    final Map<String, Object> values =
        Map.of(
            "labels",
            study.resolve("labels"),
            "label_set",
            study.resolve("label-set.csv"),
            "output",
            study.resolve("prior.zip"),
            "spacing",
            arguments[2],
            "steps",
            steps,
            "channels",
            "8,16",
            "checkpoint_every",
            50);
    final FutureTask<JobResult> training =
        new FutureTask<>(
            () ->
                new FijiBackend().runInWindow("train-prior", values, JobContext.of(Progress.NONE)));
    new Thread(training, "training").start();
    final TrainingWindow window = Screen.window(TrainingWindow.class);
    final TrainingPreviewPanel preview =
        Screen.onEventThread(() -> Screen.all(window, TrainingPreviewPanel.class).get(0));
    Screen.await(
        "most of the training",
        LIMIT_SECONDS,
        () ->
            training.isDone()
                || preview.onScreen() != null && preview.onScreen().step() >= 0.7 * steps);
    if (training.isDone()) training.get(); // tells why
    Screen.save(window, Path.of(arguments[3]));
    training.get();
  }
}
