package org.anatomicalpriors.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.anatomicalpriors.tensorflow.EngineException;
import org.anatomicalpriors.tensorflow.TestEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Passes in slabs give what those of the model file give. */
class SlabNetworksTest {

  private static final float ROUNDING = 1e-5f;

  private static void assertSame(final LatentCode expected, final LatentCode found) {
    assertArrayEquals(expected.mean(), found.mean(), ROUNDING);
    assertArrayEquals(expected.logVariance(), found.logVariance(), ROUNDING);
  }

  @ParameterizedTest
  @EnumSource(Architecture.Latent.class)
  void passesAreThoseOfTheModelFile(final Architecture.Latent latent) {
    final Architecture a = TestPriors.architecture(latent, 40);
    final byte[] map = TestPriors.map(a, 1);
    final float[] z = Fixtures.gaussians(5, a.latentCount(), 1);
    try (PriorTrainer trainer = TestPriors.trainer(a);
        AnatomicalPrior prior = TestPriors.prior(trainer, a);
        SegmenterTrainer learned = new SegmenterTrainer(prior, Objective.EXACT, false, 1);
        AnatomicalPrior segmenter = TestPriors.segmenter(prior, learned)) {
      for (final AnatomicalPrior model : new AnatomicalPrior[] {prior, segmenter}) {
        final SlabNetworks slabs =
            new SlabNetworks(model.description(), model.weights(), TestEngine.get());
        try (slabs) {
          assertSame(model.encode(map), slabs.encode(map));
          assertSame(model.encodeImage(prior.atlas()), slabs.encodeImage(prior.atlas()));
          assertArrayEquals(model.decode(z), slabs.decode(z), ROUNDING);
        }
        assertThrows(EngineException.class, () -> slabs.decode(z));
      }
    }
  }
}
