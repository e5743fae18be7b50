package org.anatomicalpriors.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelDecoderTest {

  @ParameterizedTest
  @CsvSource({"GRID, 4", "DENSE, 4", "GRID, 1", "DENSE, 1"})
  void decodesAsThePriorDoes(final Architecture.Latent latent, final int depth) {
    final Architecture a = TestPriors.architecture(latent, depth);
    try (PriorTrainer trainer = TestPriors.trainer(a);
        AnatomicalPrior prior = TestPriors.prior(trainer, a);
        LabelDecoder decoder = new LabelDecoder(prior)) {
      byte[] before = null;
      for (int seed = 0; seed < 4; seed++) {
        final float[] z = new AnatomySampler(prior).code(seed, 0);
        for (int i = 0; i < z.length; i++) z[i] *= 4;
        final byte[] labels = decoder.decode(z);
        assertArrayEquals(LabelPosteriors.mostProbable(prior.decode(z), a.labels()), labels);
        assertFalse(Arrays.equals(before, labels), "another code, another anatomy");
        before = labels;
      }
    }
  }
}
