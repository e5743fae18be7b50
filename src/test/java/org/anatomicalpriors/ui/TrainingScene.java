package org.anatomicalpriors.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Dialog;
import java.awt.event.WindowEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.swing.AbstractButton;
import javax.swing.JLabel;
import javax.swing.JTextArea;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.tensorflow.TestEngine;

/** Trains toys in a training window and clicks through it. */
public final class TrainingScene {

  private static final String NOTHING_YET = "\u2013";

  private final Path output;
  private final FutureTask<JobResult> training;
  private final TrainingWindow window;

  private TrainingScene(final Path output, final boolean segmenter) {
    this.output = output;
    final ToyTraining job = new ToyTraining(segmenter);
    training =
        new FutureTask<>(
            () -> TrainingRun.run(job, job.values(output), JobContext.of(Progress.NONE)));
    new Thread(training, "training").start();
    window = Screen.window(TrainingWindow.class);
  }

  public static void main(final String[] arguments) throws Exception {
    final Path folder = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "finish":
        new TrainingScene(folder.resolve("toy.zip"), false).exportAndFinish();
        break;
      case "cancel":
        new TrainingScene(folder.resolve("toy.zip"), false).cancel();
        break;
      case "close":
        new TrainingScene(folder.resolve("toy.zip"), false).close();
        break;
      default:
        new TrainingScene(folder.resolve("toy.zip"), true).segmenter();
    }
  }

  private String text(final String field) {
    return Screen.named(window, JLabel.class, field).getText();
  }

  /** Of several validations, so that there is something to see. */
  private void waitForCurvesAndPreview() {
    waitForValidationAndPreview(60);
  }

  private void waitForValidationAndPreview(final long step) {
    final JLabel best = Screen.named(window, JLabel.class, "Best so far");
    Screen.await("a validation", () -> !NOTHING_YET.equals(best.getText()));
    final TrainingPreviewPanel preview =
        Screen.onEventThread(() -> Screen.all(window, TrainingPreviewPanel.class).get(0));
    Screen.await(
        "a preview", () -> preview.onScreen() != null && preview.onScreen().step() >= step);
  }

  private boolean enabled(final String button) {
    final AbstractButton b = Screen.button(window, button);
    return Screen.onEventThread(b::isEnabled);
  }

  private void exportAndFinish() throws Exception {
    assertTrue(enabled(TrainingButtons.CANCEL));
    waitForCurvesAndPreview();
    Screen.click(Screen.button(window, TrainingButtons.EXPORT));
    Screen.await("the exported file", () -> !exported().isEmpty());
    try (AnatomicalPrior model = ModelBundle.open(exported().get(0), TestEngine.get())) {
      assertEquals(4, model.description().labels().size());
    }
    assertFalse(training.isDone(), "the training goes on");
    assertTrue(Screen.onEventThread(() -> text("Speed")).endsWith(" steps/s"));
    assertTrue(Screen.onEventThread(() -> text("Memory in use")).contains("GB, Java"));
    Screen.screenshot(window, "training-prior-toy");
    Screen.click(Screen.button(window, TrainingButtons.FINISH));
    final JobResult result = training.get();
    assertEquals(List.of(output), result.files());
    try (AnatomicalPrior model = ModelBundle.open(output, TestEngine.get())) {
      final int points = model.description().provenance().curve().size();
      final long last = model.description().provenance().curve().get(points - 1).step();
      assertTrue(last >= 60 && last < 1_000_000, "finished at " + last);
    }
    Screen.await(
        "the end is told",
        () -> label("Training the prior: done") && label("Saved " + output + "."));
    for (final String b :
        List.of(TrainingButtons.EXPORT, TrainingButtons.FINISH, TrainingButtons.CANCEL))
      assertFalse(enabled(b), b);
    Screen.screenshot(window, "training-finished");
    closing();
    Screen.await("closed without a question", () -> !window.isShowing());
  }

  private List<Path> exported() {
    try (Stream<Path> files = Files.list(output.getParent())) {
      return files
          .filter(f -> f.getFileName().toString().matches("toy-step-\\d{6,}\\.zip"))
          .collect(Collectors.toList());
    } catch (final java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private boolean label(final String text) {
    return Screen.all(window, JLabel.class).stream().anyMatch(l -> text.equals(l.getText()))
        || Screen.all(window, JTextArea.class).stream().anyMatch(a -> text.equals(a.getText()));
  }

  private void cancel() {
    waitForValidationAndPreview(1);
    Screen.click(Screen.button(window, TrainingButtons.CANCEL));
    final Throwable cause = assertThrows(ExecutionException.class, training::get).getCause();
    assertTrue(cause instanceof CancelledException, cause.toString());
    final Path checkpoint = output.resolveSibling("toy.zip.checkpoint");
    assertTrue(cause.getMessage().contains("the state is kept in " + checkpoint), cause.toString());
    assertTrue(Files.isRegularFile(checkpoint));
    assertFalse(Files.exists(output));
    Screen.await("the window says it", () -> label(cause.getMessage()));
    Screen.screenshot(window, "training-cancelled");
  }

  private void closing() {
    java.awt.EventQueue.invokeLater(
        () -> window.dispatchEvent(new WindowEvent(window, WindowEvent.WINDOW_CLOSING)));
  }

  private void close() throws Exception {
    waitForValidationAndPreview(1);
    closing();
    Dialog question = Screen.dialog(TrainingWindow.CLOSING);
    Screen.screenshot(question, "training-closing");
    final Dialog first = question;
    Screen.onEventThread(
        () -> {
          first.dispose();
          return null;
        });
    assertTrue(window.isShowing(), "no answer changes nothing");
    closing();
    question = Screen.dialog(TrainingWindow.CLOSING);
    Screen.click(Screen.button(question, TrainingWindow.FINISH));
    Screen.await("the window is gone", () -> !window.isShowing());
    assertEquals(List.of(output), training.get().files());
  }

  private void segmenter() throws Exception {
    waitForCurvesAndPreview();
    Screen.screenshot(window, "training-segmenter-toy");
    closing();
    Screen.click(Screen.button(Screen.dialog(TrainingWindow.CLOSING), TrainingWindow.GO_ON));
    Screen.await("the window is gone", () -> !window.isShowing());
    assertFalse(training.isDone(), "the training goes on without the window");
  }
}
