package org.anatomicalpriors.fiji;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Button;
import java.awt.Dialog;
import java.awt.GraphicsEnvironment;
import java.awt.event.ActionEvent;
import java.awt.event.WindowEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.anatomicalpriors.job.Job;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.DownloadConsent;
import org.anatomicalpriors.ui.Screen;
import org.anatomicalpriors.ui.ScreenTest;
import org.anatomicalpriors.workflow.CoreJob;
import org.junit.jupiter.api.Test;

class DownloadQuestionTest {

  private static final String OFFER =
      "TensorFlow's native library (149 MB) from https://host/file.jar into /home/me/.cache";

  /** Answers the dialog in each way. */
  public static final class Answers {

    public static void main(final String[] arguments) throws Exception {
      final DownloadConsent question = DownloadQuestion.ask();
      for (final String answer : List.of("Fetch it", "Not now", "Cancel", "close")) {
        final Future<Boolean> agreed =
            CompletableFuture.supplyAsync(() -> question.agreesTo(OFFER));
        press(Screen.dialog("Anatomical Priors"), answer);
        System.out.println(answer + " " + agreed.get());
      }
    }

    private static void press(final Dialog dialog, final String answer) {
      for (final Button button : Screen.all(dialog, Button.class))
        if (button.getLabel().trim().equals(answer))
          button.dispatchEvent(new ActionEvent(button, ActionEvent.ACTION_PERFORMED, answer));
      if (answer.equals("close"))
        dialog.dispatchEvent(new WindowEvent(dialog, WindowEvent.WINDOW_CLOSING));
    }
  }

  @Test
  void onlyYesIsYes() {
    assertEquals(
        "Fetch it true\nNot now false\nCancel false\nclose false",
        ScreenTest.run(Answers.class).trim().replace("\r", ""));
  }

  @Test
  void whatAndWhereIsSaid() {
    assertEquals(
        "Computing needs a library that is not on this computer yet:\n"
            + "TensorFlow's native library (149 MB)\n"
            + "from https://host/file.jar\n"
            + "into /home/me/.cache\n"
            + "Fetch it now? This is done once.",
        DownloadQuestion.text(OFFER));
  }

  @Test
  void nobodyIsAskedWithoutAScreen() {
    assumeTrue(GraphicsEnvironment.isHeadless());
    assertSame(DownloadConsent.NEVER, DownloadQuestion.ask());
  }

  @Test
  void jobsThatFijiRunsCanAskUnlessTheCallerAnswers() {
    final List<DownloadConsent> found = new ArrayList<>();
    final Job job =
        new CoreJob("ask", "Asks.") {
          @Override
          public List<Setting<?>> files() {
            return List.of();
          }

          @Override
          public JobResult run(final Settings values, final JobContext context) {
            found.add(context.find(DownloadConsent.class).orElse(null));
            return new JobResult();
          }
        };
    final FijiBackend backend = new FijiBackend(List.of(job));
    backend.run("ask", Map.of(), JobContext.of(Progress.NONE));
    backend.run(
        "ask",
        Map.of(),
        new JobContext() {
          @Override
          public Progress progress() {
            return Progress.NONE;
          }

          @Override
          public <T> Optional<T> find(final Class<T> type) {
            return Optional.of(type.cast(DownloadConsent.GIVEN));
          }
        });
    assertEquals(List.of(DownloadConsent.NEVER, DownloadConsent.GIVEN), found);
  }
}
