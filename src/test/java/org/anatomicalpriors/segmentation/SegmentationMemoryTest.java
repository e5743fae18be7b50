package org.anatomicalpriors.segmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.Architecture;
import org.anatomicalpriors.model.NetworkMemory;
import org.anatomicalpriors.model.PriorTrainer;
import org.anatomicalpriors.model.TestPriors;
import org.anatomicalpriors.progress.Progress;
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

  /** The toy's grid is one slab thick; one that is not needs less in slabs than whole. */
  @Test
  void slabsAreForWhereTheWholeDoesNotFit() {
    final Architecture thick = TestPriors.architecture(Architecture.Latent.GRID, 64);
    try (PriorTrainer trainer = TestPriors.trainer(thick);
        AnatomicalPrior prior = TestPriors.prior(trainer, thick)) {
      final SegmentationMemory needs =
          new SegmentationMemory(prior, Settings.of(SegmentationSettings.ALL));
      final long whole = needs.of(subject) + NetworkMemory.pass(thick);
      assertFalse(needs.needsSlabs(subject, new MachineMemory(whole, whole, whole)));
      final MachineMemory less = new MachineMemory(whole, whole, whole - 1);
      assertTrue(needs.needsSlabs(subject, less));
      assertTrue(needs.slabsSentence(subject, less).contains("the networks are computed in slabs"));
      assertFalse(memory.needsSlabs(subject, new MachineMemory(GIGA, GIGA, 0)));
    }
  }

  @Test
  void aSegmentationInSlabsIsTheSame() {
    final Settings settings = ToyStudy.settings().with(SegmentationSettings.REFINE, 2L);
    final AnatomicalPrior toy = ToyStudy.prior();
    try (AnatomicalPrior own = AnatomicalPrior.of(toy.description(), toy.weights(), toy.engine())) {
      final Segmentation whole = Segmenter.of(own, settings).segment(subject, Progress.NONE);
      own.useSlabs();
      final Segmentation inSlabs = Segmenter.of(own, settings).segment(subject, Progress.NONE);
      assertArrayEquals(whole.labels(), inSlabs.labels());
      assertEquals(true, inSlabs.report().get("networks_in_slabs"));
    }
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
