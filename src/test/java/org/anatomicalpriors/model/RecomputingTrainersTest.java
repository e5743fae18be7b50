package org.anatomicalpriors.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.anatomicalpriors.tensorflow.TestEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recomputation changes nothing of what is learned, to the bit; slabs nothing but by rounding. */
class RecomputingTrainersTest {

  private static final int STEPS = 6;

  /** Relative to the largest of each: what rounding may change of a gradient. */
  private static final double ROUNDING = 1e-4;

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
    try (PriorTrainer kept = trainer(a, Keeping.ALL);
        PriorTrainer recomputed = trainer(a, Keeping.LEVELS)) {
      for (int i = 0; i < STEPS; i++)
        assertEquals(step(kept, a, i).total(), step(recomputed, a, i).total());
      assertSame(kept, recomputed);
      final byte[] map = TestPriors.map(a, 1);
      assertArrayEquals(
          kept.evaluate(map, null).reconstruction(),
          recomputed.evaluate(map, null).reconstruction());
    }
  }

  private static PriorTrainer trainer(final Architecture a, final Keeping keeping) {
    return new PriorTrainer(a, TestEngine.get(), TestPriors.atlas(a), 1, 1, keeping);
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
            new SegmenterTrainer(prior, objective, trainDecoder, 1, Keeping.LEVELS)) {
      for (int i = 0; i < STEPS; i++)
        assertEquals(step(kept, prior, i).total(), step(recomputed, prior, i).total());
      assertSame(kept, recomputed);
    }
  }

  private static SegmenterTrainer.Outcome step(
      final SegmenterTrainer trainer, final AnatomicalPrior prior, final int i) {
    final Architecture a = prior.description().architecture();
    return trainer.step(
        example(prior, i % 2 == 0 ? null : TestPriors.map(a, 1)),
        image(a).intensities(),
        Fixtures.gaussians(i, a.latentCount(), 1),
        i,
        0.01,
        0.7);
  }

  private static SegmenterTrainer.Example example(
      final AnatomicalPrior prior, final byte[] labels) {
    final FittedImage image = image(prior.description().architecture());
    return new SegmenterTrainer.Example(
        LabelPosteriors.of(prior.atlas(), image.image(), image.intensities()),
        image.image(),
        labels,
        0.5);
  }

  /** As it happens where memory runs out in the middle of a training. */
  @Test
  void oneGoesOnWhereTheOtherStopped() {
    final Architecture a = TestPriors.architecture(Architecture.Latent.GRID, 4);
    try (PriorTrainer kept = trainer(a, Keeping.ALL);
        PriorTrainer recomputed = trainer(a, Keeping.LEVELS)) {
      for (int i = 0; i < STEPS; i++) step(kept, a, i);
      recomputed.restore(kept.weights());
      recomputed.restore(kept.optimiser());
      for (int i = STEPS; i < 2 * STEPS; i++)
        assertEquals(step(kept, a, i).total(), step(recomputed, a, i).total());
      assertSame(kept, recomputed);
    }
  }

  private static void assertNear(final Learner whole, final Learner slabs) {
    final Map<String, float[]> found = slabs.optimiser();
    whole
        .optimiser()
        .forEach(
            (name, moment) -> {
              double largest = 0;
              for (final float v : moment) largest = Math.max(largest, Math.abs(v));
              assertArrayEquals(moment, found.get(name), (float) (ROUNDING * largest), name);
            });
  }

  @ParameterizedTest
  @CsvSource({"8, 8, 40, 3, GRID", "8, 40, 1, 2, DENSE", "6, 5, 33, 1, GRID"})
  void slabsLearnTheSamePriorButForRounding(
      final int x, final int y, final int z, final int levels, final Architecture.Latent latent) {
    final int[] channels = java.util.Arrays.copyOf(new int[] {4, 6, 8}, levels);
    final Architecture a = new Architecture(new int[] {x, y, z}, 3, channels, latent, 2);
    try (PriorTrainer whole = trainer(a, Keeping.ALL);
        PriorTrainer slabs = trainer(a, Keeping.SLABS)) {
      for (int i = 0; i < 2; i++) {
        slabs.restore(whole.weights());
        slabs.restore(whole.optimiser());
        final double expected = step(whole, a, i).total();
        assertEquals(expected, step(slabs, a, i).total(), ROUNDING * expected);
        assertNear(whole, slabs);
      }
      slabs.restore(whole.weights());
      final byte[] map = TestPriors.map(a, 1);
      assertArrayEquals(
          whole.evaluate(map, image(a)).reconstruction(),
          slabs.evaluate(map, image(a)).reconstruction());
      final float[] z0 = Fixtures.gaussians(4, a.latentCount(), 1);
      assertArrayEquals(whole.decode(z0), slabs.decode(z0));
    }
  }

  @ParameterizedTest
  @CsvSource({"EXACT, false", "BOUND, true"})
  void slabsLearnTheSameSegmenterButForRounding(
      final Objective objective, final boolean trainDecoder) {
    final Architecture a = TestPriors.architecture(Architecture.Latent.GRID, 40);
    try (PriorTrainer trainer = TestPriors.trainer(a);
        AnatomicalPrior prior = TestPriors.prior(trainer, a);
        SegmenterTrainer whole = new SegmenterTrainer(prior, objective, trainDecoder, 1);
        SegmenterTrainer slabs =
            new SegmenterTrainer(prior, objective, trainDecoder, 1, Keeping.SLABS)) {
      for (int i = 0; i < 2; i++) {
        slabs.restore(whole.weights());
        slabs.restore(whole.optimiser());
        final SegmenterTrainer.Outcome expected = step(whole, prior, i),
            found = step(slabs, prior, i);
        assertEquals(expected.total(), found.total(), ROUNDING * Math.abs(expected.total()));
        final double[] intensities = expected.intensities().state();
        assertArrayEquals(intensities, found.intensities().state(), ROUNDING);
        assertNear(whole, slabs);
      }
      slabs.restore(whole.weights());
      final SegmenterTrainer.Example example = example(prior, null);
      final IntensityModel intensities = image(a).intensities();
      assertArrayEquals(
          whole.posteriors(example, intensities), slabs.posteriors(example, intensities), 1e-5f);
    }
  }

  @ParameterizedTest
  @CsvSource({"EXACT, LEVELS", "EXACT, SLABS", "BOUND, SLABS"})
  void refinementsGoOnWhereTheyStopped(final Objective objective, final Keeping keeping) {
    final Architecture a = TestPriors.architecture(Architecture.Latent.GRID, 40);
    final FittedImage image = image(a);
    final float[] epsilon = Fixtures.gaussians(5, a.latentCount(), 1);
    try (PriorTrainer trainer = TestPriors.trainer(a);
        AnatomicalPrior prior = TestPriors.prior(trainer, a);
        LatentFit whole = new LatentFit(prior, objective);
        LatentFit less = new LatentFit(prior, objective, keeping)) {
      whole.start(
          new LatentCode(Fixtures.gaussians(6, a.latentCount(), 1), new float[a.latentCount()]));
      for (int i = 0; i < 2; i++) {
        less.restore(whole.weights());
        less.restore(whole.optimiser());
        final LatentFit.Step expected =
            whole.step(image.image(), image.intensities(), epsilon, i, 0.05);
        final LatentFit.Step found =
            less.step(image.image(), image.intensities(), epsilon, i, 0.05);
        assertEquals(expected.objective(), found.objective(), ROUNDING * expected.objective());
        assertArrayEquals(expected.intensities().state(), found.intensities().state(), ROUNDING);
        assertNear(whole, less);
      }
    }
  }
}
