package org.anatomicalpriors.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import javax.swing.JLabel;
import org.anatomicalpriors.fiji.FijiBackend;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.progress.Progress;

/** Trains as Fiji's Train Prior does, on a synthetic study, and finishes by a click. */
public final class RealTrainingScene {

  private static final String NOTHING_YET = "\u2013";

  private RealTrainingScene() {}

  public static void main(final String[] arguments) throws Exception {
    final Path study = Path.of(arguments[0]);
    final Path output = study.resolve("prior.zip");
    final JobContext context = JobContext.of(Progress.NONE);
    final FijiBackend backend = new FijiBackend();
    backend.run(
        "generate", Map.of("output", study, "count", 4, "images", 0, "spacing", 6), context);
    final Map<String, Object> values =
        Map.of(
            "labels",
            study.resolve("labels"),
            "label_set",
            study.resolve("label-set.csv"),
            "output",
            output,
            "steps",
            1_000_000,
            "channels",
            "4,8",
            "checkpoint_every",
            20,
            "threads",
            2);
    final FutureTask<JobResult> training =
        new FutureTask<>(() -> backend.runInWindow("train-prior", values, context));
    new Thread(training, "training").start();
    final TrainingWindow window = Screen.window(TrainingWindow.class);
    final JLabel best = Screen.named(window, JLabel.class, "Best so far");
    Screen.await("a validation", () -> !NOTHING_YET.equals(best.getText()));
    Screen.click(Screen.button(window, TrainingButtons.EXPORT));
    Screen.await("the exported model", () -> study.toFile().list((d, n) -> exported(n)).length > 0);
    assertFalse(training.isDone(), "the training goes on");
    Screen.click(Screen.button(window, TrainingButtons.FINISH));
    assertEquals(List.of(output), training.get().files());
    assertEquals(13, ModelBundle.describe(output).labels().size());
    assertFalse(Files.exists(study.resolve("prior.zip.checkpoint")));
    Screen.await(
        "the end is told",
        () ->
            Screen.all(window, JLabel.class).stream()
                .anyMatch(l -> "Training the prior: done".equals(l.getText())));
    assertTrue(Screen.onEventThread(window::isShowing));
  }

  private static boolean exported(final String name) {
    return name.matches("prior-step-\\d{6,}\\.zip");
  }
}
