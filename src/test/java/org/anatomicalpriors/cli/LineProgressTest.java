package org.anatomicalpriors.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LineProgressTest {

  private final StringWriter text = new StringWriter();
  private final Cancellation cancellation = new Cancellation();
  private long nanos;
  private final LineProgress progress =
      new LineProgress(new PrintWriter(text), cancellation, () -> nanos);

  private List<String> lines() {
    return text.toString().lines().collect(Collectors.toList());
  }

  @Test
  void atMostOneLineEveryFewSecondsWithPerCentAndTimeLeft() {
    for (int step = 1; step <= 100; step++) {
      progress.update("Training", step, 100, "loss 0.5");
      nanos += 1_000_000_000L;
    }
    final List<String> lines = lines();
    assertEquals("Training: 6 of 100 (6 %), 94 s left, loss 0.5", lines.get(0));
    assertEquals("Training: 100 of 100 (100 %), loss 0.5", lines.get(lines.size() - 1));
    assertEquals(20, lines.size());
  }

  @Test
  void timeLeftCountsFromWhereAResumedTrainingBegan() {
    progress.update("Training", 901, 1000, "");
    nanos = 10_000_000_000L;
    progress.update("Training", 911, 1000, "");
    assertEquals(List.of("Training: 911 of 1000 (91 %), 89 s left"), lines());
  }

  @Test
  void timeLeftStartsAnewWhenAStageIsRepeated() {
    progress.update("Segmenting", 0, 5, "a");
    progress.update("Segmenting", 5, 5, "a");
    nanos = 100_000_000_000L;
    progress.update("Segmenting", 0, 5, "b");
    nanos += 10_000_000_000L;
    progress.update("Segmenting", 1, 5, "b");
    assertEquals(List.of("Segmenting: 1 of 5 (20 %), 40 s left, b"), lines());
  }

  @Test
  void shortStagesSayNothingAndUnknownTotalsAreLeftOut() {
    progress.update("Reading", 0, 3, "");
    progress.update("Reading", 3, 3, "");
    progress.update("Searching", 1, 0, "");
    nanos = LineProgress.INTERVAL_NANOS;
    progress.update("Searching", 2, 0, "best 7");
    assertEquals(List.of("Searching: 2, best 7"), lines());
  }

  @Test
  void messagesAreLinesOfTheirOwn() {
    progress.log("The header names no unit; mm is assumed.");
    assertEquals(List.of("The header names no unit; mm is assumed."), lines());
  }

  @Test
  void learnsOfTheRequestToStop() {
    assertEquals(false, progress.isCancelled());
    cancellation.request();
    assertTrue(progress.isCancelled());
  }
}
