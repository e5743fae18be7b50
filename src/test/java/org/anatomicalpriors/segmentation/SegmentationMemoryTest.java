package org.anatomicalpriors.segmentation;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.EngineException;
import org.anatomicalpriors.tensorflow.MachineMemory;
import org.anatomicalpriors.tensorflow.OutOfMemory;
import org.junit.jupiter.api.Test;

class SegmentationMemoryTest {

  private static final long GIGA = 1_000_000_000;

  private final SegmentationMemory memory =
      new SegmentationMemory(ToyStudy.prior(), Settings.of(SegmentationSettings.ALL));
  private final Subject subject = Subject.of(ToyStudy.IMAGES.load(0));

  private void require(final long heap, final long javaMay, final long total) {
    memory.require(subject, heap, new MachineMemory(javaMay, total, total));
  }

  private String refusal(final long heap, final long javaMay, final long total) {
    return assertThrows(InvalidInputException.class, () -> require(heap, javaMay, total))
        .getMessage();
  }

  @Test
  void onlyWhatIsFarTooLargeIsRefused() {
    assertDoesNotThrow(() -> require(10 * GIGA, 8 * GIGA, 8 * GIGA));
    final String why = refusal(12 * GIGA, 8 * GIGA, 20 * GIGA);
    assertTrue(
        why.contains(
            " needs about 12.0 GB of Java's memory to be segmented and Java may use 8.0 GB; start Java with -Xmx14g, or switch posteriors"),
        why);
    assertTrue(
        refusal(12 * GIGA, 12 * GIGA, 8 * GIGA)
            .contains("and this machine has 8.0 GB; use a model"));
  }

  @Test
  void fewerResultsAreProposedOnlyWhereTheyFit() {
    final long least = memory.of(subject);
    assertTrue(refusal(2 * least, least, GIGA).endsWith("off, without which it fits."));
    assertTrue(refusal(2 * least, least - 1, GIGA).endsWith(", or downsample the image."));
    assertTrue(refusal(least, least / 2, GIGA).endsWith(", or downsample the image."));
  }

  @Test
  void exhaustionIsToldFromOtherFailures() {
    assertTrue(OutOfMemory.is(new EngineException("", new OutOfMemoryError())));
    assertFalse(OutOfMemory.is(new IOException(new NullPointerException())));
    assertFalse(OutOfMemory.is(new IllegalStateException()));
    final RuntimeException other = new IllegalStateException();
    assertEquals(
        other,
        assertThrows(
            IllegalStateException.class,
            () ->
                OutOfMemory.guard(
                    () -> {
                      throw other;
                    },
                    () -> "java",
                    () -> "engine")));
    assertEquals(
        "java",
        assertThrows(
                EngineException.class,
                () ->
                    OutOfMemory.guard(
                        () -> {
                          throw new OutOfMemoryError();
                        },
                        () -> "java",
                        () -> "engine"))
            .getMessage());
  }
}
