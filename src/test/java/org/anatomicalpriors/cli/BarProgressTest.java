package org.anatomicalpriors.cli;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BarProgressTest {

  @Test
  void drawsStagesOneAfterTheOtherAndMessagesBetween() {
    final StringWriter text = new StringWriter();
    final BarProgress progress = new BarProgress(new PrintWriter(text), new Cancellation());
    // A bar's end waits for its drawing thread: neither may hold what the other needs.
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          for (final String stage : new String[] {"Reading", "Training", "Writing"})
            for (int i = 0; i <= 10; i++) {
              progress.update(stage, i, 10, "item " + i);
              if (i == 5) progress.log("Noted in " + stage + ".");
            }
          progress.close();
        });
    for (final String part : new String[] {"Reading 100%", "Noted in Training.", "Writing 100%"})
      assertTrue(text.toString().contains(part), part + " in " + text);
  }
}
