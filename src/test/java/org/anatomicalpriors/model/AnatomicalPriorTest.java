package org.anatomicalpriors.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.anatomicalpriors.tensorflow.EngineException;
import org.anatomicalpriors.tensorflow.SavedModels;
import org.anatomicalpriors.tensorflow.TestEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnatomicalPriorTest {

  @ParameterizedTest
  @CsvSource({"GRID, 4", "DENSE, 4", "GRID, 1", "DENSE, 1"})
  void encodesAndDecodesAsTheTrainerDoes(final Architecture.Latent latent, final int depth) {
    final Architecture a = TestPriors.architecture(latent, depth);
    try (PriorTrainer trainer = TestPriors.trainer(a);
        AnatomicalPrior prior = TestPriors.prior(trainer, a)) {
      final byte[] map = TestPriors.map(a, 1);
      final PriorTrainer.Evaluation expected = trainer.evaluate(map, null);
      final LatentCode code = prior.encode(map);
      assertEquals(a.latentCount(), code.mean().length);
      assertEquals(expected.loss().divergence(), code.divergence() / a.voxels(), 1e-5);
      final float[] f = prior.decode(code.mean());
      double reconstruction = 0;
      for (int v = 0; v < a.voxels(); v++) {
        int best = 0;
        double sum = 0;
        for (int l = 0; l < 3; l++) {
          sum += f[3 * v + l];
          if (f[3 * v + l] > f[3 * v + best]) best = l;
        }
        assertEquals(1, sum, 1e-5);
        assertEquals(best, expected.reconstruction()[v]);
        if (map[v] >= 0) reconstruction -= Math.log(f[3 * v + map[v]]) / a.voxels();
      }
      assertEquals(expected.loss().reconstruction(), reconstruction, 1e-5);
      assertEquals(
          expected.loss().reconstruction() + expected.loss().divergence(),
          expected.loss().total(),
          1e-12);
    }
  }

  /** A code has a few significant digits, a probability an error of a few hundredths. */
  @Test
  void bfloat16GivesAlmostTheSameAndStoresTheSame() throws IOException {
    final Architecture a = TestPriors.architecture(Architecture.Latent.GRID, 4);
    try (PriorTrainer trainer = TestPriors.trainer(a);
        AnatomicalPrior exact = TestPriors.prior(trainer, a);
        AnatomicalPrior rounded = TestPriors.prior(trainer, a, TestEngine.bfloat16())) {
      final float[] z = exact.encode(TestPriors.map(a, 1)).mean();
      assertArrayEquals(z, rounded.encode(TestPriors.map(a, 1)).mean(), 0.05f);
      assertArrayEquals(exact.decode(z), rounded.decode(z), 0.03f);
      SavedModels.check(rounded.savedModel(), NetworkLayout.of(rounded.description()));
      assertArrayEquals(
          exact.weights().get(AnatomicalPrior.ATLAS), rounded.weights().get(AnatomicalPrior.ATLAS));
      assertEquals("float32", exact.engine().arithmetic().toString());
      assertEquals("bfloat16", rounded.engine().arithmetic().toString());
    }
  }

  @Test
  void aPreparedPriorGivesTheSameAndMayBeClosedAtOnce() {
    final Architecture a = TestPriors.architecture(Architecture.Latent.GRID, 4);
    try (PriorTrainer trainer = TestPriors.trainer(a);
        AnatomicalPrior plain = TestPriors.prior(trainer, a);
        AnatomicalPrior prepared = TestPriors.prior(trainer, a)) {
      prepared.prepare();
      prepared.prepare();
      final float[] z = new float[a.latentCount()];
      assertArrayEquals(plain.decode(z), prepared.decode(z));
      final AnatomicalPrior closed = TestPriors.prior(trainer, a);
      closed.prepare();
      closed.close();
      assertFalse(Files.exists(closed.savedModel()));
      assertThrows(EngineException.class, () -> closed.decode(z));
      assertThrows(EngineException.class, closed::prepare);
    }
  }

  /** What is loaded after that would never be freed. */
  @Test
  void closingWaitsForTheLoadingThoughItIsInterrupted() {
    final Architecture a = TestPriors.architecture(Architecture.Latent.GRID, 4);
    try (PriorTrainer trainer = TestPriors.trainer(a)) {
      final AnatomicalPrior prior = TestPriors.prior(trainer, a);
      prior.prepare();
      Thread.currentThread().interrupt();
      prior.close();
      assertTrue(Thread.interrupted());
      for (final StackTraceElement[] stack : Thread.getAllStackTraces().values())
        for (final StackTraceElement frame : stack)
          assertFalse(frame.getClassName().endsWith(".SavedModelPredictor"), frame.toString());
    }
  }

  @Test
  void whatGoesWrongInPreparingIsToldByTheFirstUse() throws IOException {
    final Architecture a = TestPriors.architecture(Architecture.Latent.GRID, 4);
    try (PriorTrainer trainer = TestPriors.trainer(a);
        AnatomicalPrior prior = TestPriors.prior(trainer, a)) {
      final Path file = prior.savedModel().resolve("saved_model.pb");
      final byte[] whole = Files.readAllBytes(file);
      Files.write(file, new byte[] {1});
      prior.prepare();
      final float[] z = new float[a.latentCount()];
      assertThrows(EngineException.class, () -> prior.decode(z));
      Files.write(file, whole);
      assertEquals(a.voxels() * a.labels(), prior.decode(z).length);
    }
  }

  @Test
  void keepsItsWeightsAndItsAtlas() {
    final Architecture a = TestPriors.architecture(Architecture.Latent.GRID, 4);
    try (PriorTrainer trainer = TestPriors.trainer(a);
        AnatomicalPrior prior = TestPriors.prior(trainer, a)) {
      final Map<String, float[]> expected = trainer.weights();
      for (final Map.Entry<String, float[]> w : expected.entrySet())
        assertArrayEquals(w.getValue(), prior.weights().get(w.getKey()), 0f, w.getKey());
      assertEquals(expected.size() + 1, prior.weights().size());
      final float[] logits = TestPriors.atlas(a);
      final double[] p = Fixtures.softmax(logits, 3);
      final float[] atlas = prior.atlas();
      for (int i = 0; i < p.length; i++) assertEquals(p[i], atlas[i], 1e-6);
      assertArrayEquals(atlas, prior.atlas(), 0f, "the weights must not have been changed");
    }
  }

  @Test
  void untrainedDecoderIsTheAtlas() {
    final Architecture a = TestPriors.architecture(Architecture.Latent.GRID, 4);
    try (PriorTrainer trainer = new PriorTrainer(a, TestEngine.get(), TestPriors.atlas(a), 1, 1);
        AnatomicalPrior prior = TestPriors.prior(trainer, a)) {
      final float[] z = Fixtures.gaussians(1, a.latentCount(), 1);
      assertArrayEquals(prior.atlas(), prior.decode(z), 1e-6f);
    }
  }

  @Test
  void anImageIsEncodedByItsPosteriorUnderTheAtlas() {
    final Architecture a = TestPriors.architecture(Architecture.Latent.GRID, 4);
    final FittedImage image = image(a);
    try (PriorTrainer trainer = TestPriors.trainer(a);
        AnatomicalPrior prior = TestPriors.prior(trainer, a)) {
      final byte[] map = TestPriors.map(a, 1);
      final float[] posteriors =
          LabelPosteriors.of(prior.atlas(), image.image(), image.intensities());
      final LatentCode code = prior.encodeImage(posteriors);
      final PriorTrainer.Evaluation expected = trainer.evaluate(map, image);
      assertEquals(expected.loss().divergence(), code.divergence() / a.voxels(), 1e-5);
      assertArrayEquals(
          expected.reconstruction(), LabelPosteriors.mostProbable(prior.decode(code.mean()), 3));
      final double alone = trainer.evaluate(map, null).loss().divergence();
      assertTrue(Math.abs(alone - expected.loss().divergence()) > 1e-4, "the image is not seen");
    }
  }

  @Test
  void aLabelMapAndItsOneHotPosteriorHaveOneCode() {
    final Architecture a = TestPriors.architecture(Architecture.Latent.DENSE, 4);
    final Path folder;
    try (PriorTrainer trainer = TestPriors.trainer(a);
        AnatomicalPrior prior = TestPriors.prior(trainer, a)) {
      final byte[] map = TestPriors.map(a, 1);
      final float[] certain = new float[3 * a.voxels()];
      for (int v = 0; v < a.voxels(); v++) if (map[v] >= 0) certain[3 * v + map[v]] = 1;
      assertArrayEquals(prior.encode(map).mean(), prior.encodeImage(certain).mean(), 1e-6f);
      folder = prior.savedModel();
      assertTrue(Files.exists(folder));
    }
    assertFalse(Files.exists(folder), "the unpacked network is left behind");
  }

  @Test
  void learnsToReadImages() {
    final Architecture a = TestPriors.architecture(Architecture.Latent.GRID, 4);
    final FittedImage image = image(a);
    final byte[] map = TestPriors.map(a, 1);
    final float[] epsilon = new float[a.latentCount()];
    try (PriorTrainer trainer = TestPriors.trainer(a)) {
      final double before = trainer.evaluate(map, image).loss().total();
      for (int step = 20; step < 40; step++) trainer.step(map, image, epsilon, step, 0.01, 1);
      final double after = trainer.evaluate(map, image).loss().total();
      assertTrue(after < 0.95 * before, before + " to " + after);
    }
  }

  /** Noise, partly out of the field of view, with three Gaussians. */
  private static FittedImage image(final Architecture a) {
    final float[] x = Fixtures.gaussians(7, a.voxels(), 1);
    for (int v = 0; v < x.length; v += 5) x[v] = Float.NaN;
    return new FittedImage(
        ImageVector.of(x, 0, 1),
        new IntensityModel(
            new int[] {0, 1, 2},
            new int[] {0, 1, 2},
            new double[] {-1, 0, 1},
            new double[] {0.3, 0.2, 0.3},
            new double[] {1, 1, 1},
            0.2,
            10));
  }

  @Test
  void sameSeedAndStepsGiveTheSameWeightsToTheBit() {
    final Architecture a = TestPriors.architecture(Architecture.Latent.GRID, 4);
    try (PriorTrainer one = TestPriors.trainer(a);
        PriorTrainer two = TestPriors.trainer(a)) {
      final Map<String, float[]> w1 = one.weights(), w2 = two.weights();
      w1.forEach((name, w) -> assertArrayEquals(w, w2.get(name), 0f, name));
    }
  }

  @Test
  void restoredTrainerGoesOnAsIfItHadNeverStopped() {
    final Architecture a = TestPriors.architecture(Architecture.Latent.DENSE, 4);
    final float[] epsilon = Fixtures.gaussians(4, a.latentCount(), 1);
    try (PriorTrainer one = TestPriors.trainer(a);
        PriorTrainer two = new PriorTrainer(a, TestEngine.get(), TestPriors.atlas(a), 99, 1)) {
      two.restore(one.weights());
      two.restore(one.optimiser());
      for (int step = 20; step < 23; step++) {
        one.step(TestPriors.map(a, step % 3), null, epsilon, step, 0.01, 0.5);
        two.step(TestPriors.map(a, step % 3), null, epsilon, step, 0.01, 0.5);
      }
      final Map<String, float[]> w2 = two.weights();
      one.weights().forEach((name, w) -> assertArrayEquals(w, w2.get(name), 0f, name));
    }
  }
}
