package org.anatomicalpriors.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.anatomicalpriors.tensorflow.TestEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recomputation changes nothing of what is learned, to the bit. */
class RecomputingTrainersTest {

  private static final int STEPS = 6;

  private static void assertSame(final Learner kept, final Learner recomputed) {
    assertSame(kept.weights(), recomputed.weights());
    assertSame(kept.optimiser(), recomputed.optimiser());
  }

  private static void assertSame(
      final Map<String, float[]> expected, final Map<String, float[]> found) {
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach((name, w) -> assertArrayEquals(w, found.get(name), name));
  }

  private static FittedImage image(final Architecture a) {
    return new FittedImage(
        Fixtures.image(Fixtures.gaussians(6, a.voxels(), 0.7)), Fixtures.intensities(3));
  }

  @ParameterizedTest
  @CsvSource({"8, 6, 4, 2, GRID", "8, 6, 1, 2, DENSE", "24, 20, 16, 3, GRID", "6, 4, 4, 1, GRID"})
  void ofPriors(
      final int x, final int y, final int z, final int levels, final Architecture.Latent latent) {
    final int[] channels = java.util.Arrays.copyOf(new int[] {4, 6, 8}, levels);
    final Architecture a = new Architecture(new int[] {x, y, z}, 3, channels, latent, 2);
    try (PriorTrainer kept = trainer(a, false);
        PriorTrainer recomputed = trainer(a, true)) {
      for (int i = 0; i < STEPS; i++)
        assertEquals(step(kept, a, i).total(), step(recomputed, a, i).total());
      assertSame(kept, recomputed);
      final byte[] map = TestPriors.map(a, 1);
      assertArrayEquals(
          kept.evaluate(map, null).reconstruction(),
          recomputed.evaluate(map, null).reconstruction());
    }
  }

  private static PriorTrainer trainer(final Architecture a, final boolean recomputes) {
    return new PriorTrainer(a, TestEngine.get(), TestPriors.atlas(a), 1, 1, recomputes);
  }

  private static PriorTrainer.Loss step(
      final PriorTrainer trainer, final Architecture a, final int i) {
    return trainer.step(
        TestPriors.map(a, i % 3),
        i % 2 == 0 ? null : image(a),
        Fixtures.gaussians(i, a.latentCount(), 1),
        i,
        0.01,
        0.7);
  }

  @ParameterizedTest
  @CsvSource({"EXACT, false", "BOUND, true"})
  void ofSegmenters(final Objective objective, final boolean trainDecoder) {
    final Architecture a = TestPriors.architecture(Architecture.Latent.GRID, 4);
    try (PriorTrainer trainer = TestPriors.trainer(a);
        AnatomicalPrior prior = TestPriors.prior(trainer, a);
        SegmenterTrainer kept = new SegmenterTrainer(prior, objective, trainDecoder, 1);
        SegmenterTrainer recomputed =
            new SegmenterTrainer(prior, objective, trainDecoder, 1, true)) {
      for (int i = 0; i < STEPS; i++)
        assertEquals(step(kept, prior, i).total(), step(recomputed, prior, i).total());
      assertSame(kept, recomputed);
    }
  }

  private static SegmenterTrainer.Outcome step(
      final SegmenterTrainer trainer, final AnatomicalPrior prior, final int i) {
    final Architecture a = prior.description().architecture();
    final FittedImage image = image(a);
    return trainer.step(
        new SegmenterTrainer.Example(
            LabelPosteriors.of(prior.atlas(), image.image(), image.intensities()),
            image.image(),
            i % 2 == 0 ? null : TestPriors.map(a, 1),
            0.5),
        image.intensities(),
        Fixtures.gaussians(i, a.latentCount(), 1),
        i,
        0.01,
        0.7);
  }

  /** As it happens where memory runs out in the middle of a training. */
  @Test
  void oneGoesOnWhereTheOtherStopped() {
    final Architecture a = TestPriors.architecture(Architecture.Latent.GRID, 4);
    try (PriorTrainer kept = trainer(a, false);
        PriorTrainer recomputed = trainer(a, true)) {
      for (int i = 0; i < STEPS; i++) step(kept, a, i);
      recomputed.restore(kept.weights());
      recomputed.restore(kept.optimiser());
      for (int i = STEPS; i < 2 * STEPS; i++)
        assertEquals(step(kept, a, i).total(), step(recomputed, a, i).total());
      assertSame(kept, recomputed);
    }
  }
}
