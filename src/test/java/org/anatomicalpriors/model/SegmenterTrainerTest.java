package org.anatomicalpriors.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.anatomicalpriors.model.SegmenterTrainer.Example;
import org.anatomicalpriors.model.SegmenterTrainer.Outcome;
import org.anatomicalpriors.tensorflow.Adam;
import org.anatomicalpriors.tensorflow.Gaussians;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SegmenterTrainerTest {

  private static final Architecture A = TestPriors.architecture(Architecture.Latent.GRID, 4);
  private static final double BETA1 = 0.9;
  private static final int POINTS = 3;
  private static AnatomicalPrior prior;

  @BeforeAll
  static void learn() {
    try (PriorTrainer trainer = TestPriors.trainer(A)) {
      prior = TestPriors.prior(trainer, A);
    }
  }

  @AfterAll
  static void close() {
    prior.close();
  }

  /** Background with two Gaussians, a soft and a hard structure. */
  private static IntensityModel intensities() {
    return Fixtures.intensities(3, new int[] {0, 1, 2}, new int[] {0, 0, 1, 2});
  }

  private static ImageVector image() {
    final float[] x = Fixtures.gaussians(6, A.voxels(), 0.7);
    x[17] = Float.NaN;
    return Fixtures.image(x);
  }

  private static Example example(final boolean labelled) {
    return new Example(
        LabelPosteriors.of(prior.atlas(), image(), intensities()),
        image(),
        labelled ? TestPriors.map(A, 1) : null,
        labelled ? 1.25 : 0);
  }

  private static SegmenterTrainer trainer(final Objective objective, final boolean trainDecoder) {
    return new SegmenterTrainer(prior, objective, trainDecoder, 1e6);
  }

  /**
   * From zero moments, Adam's first moment after one step is (1 - beta1) times the gradient; with a
   * learning rate of 0 the weights stay. The whole loss is what that same step reports. A kink of
   * the networks close by can spoil the differences at one point, a wrong gradient does at all.
   */
  @ParameterizedTest
  @CsvSource({"EXACT, false", "BOUND, false", "EXACT, true"})
  void gradientsOfTheWholeLossAgreeWithDifferences(
      final Objective objective, final boolean labelled) {
    try (SegmenterTrainer t = trainer(objective, true)) {
      final Map<String, float[]> initial = t.weights();
      final Map<String, String> wrong = new TreeMap<>();
      initial.keySet().forEach(name -> wrong.put(name, "not compared"));
      for (int point = 0; point < POINTS && !wrong.isEmpty(); point++)
        compare(t, perturbed(initial, 9 + point), labelled, wrong);
      assertEquals(Map.of(), wrong);
    }
  }

  /** Takes those names out of {@code wrong} whose gradients agree at this point. */
  private static void compare(
      final SegmenterTrainer t,
      final Map<String, float[]> point,
      final boolean labelled,
      final Map<String, String> wrong) {
    final double weight = 0.4;
    final float[] epsilon = Fixtures.gaussians(5, A.latentCount(), 1);
    t.restore(point);
    final Map<String, float[]> zeros = new TreeMap<>(t.optimiser());
    zeros.replaceAll((name, moment) -> new float[moment.length]);
    t.restore(zeros);
    t.step(example(labelled), intensities(), epsilon, 0, 0, weight);
    final Map<String, float[]> moments = t.optimiser();
    for (final String name : List.copyOf(wrong.keySet())) {
      final float[] gradient = moments.get(Adam.PREFIX + "m." + name).clone();
      double norm = 0;
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] /= (float) (1 - BETA1);
        norm += (double) gradient[i] * gradient[i];
      }
      norm = Math.sqrt(norm);
      assertTrue(norm > 0, name + ": nothing depends on it");
      double worst = 0;
      for (int direction = 0; direction < 2; direction++) {
        final float[] d = direction(gradient, norm, direction);
        double expected = 0;
        for (int i = 0; i < d.length; i++) expected += (double) d[i] * gradient[i];
        double error = Double.POSITIVE_INFINITY;
        // Rounding spoils short steps.
        for (double h = 1e-2; h > 1e-4 && error > 2e-2 * norm; h /= 3) {
          final double slope =
              (loss(t, point, name, d, h, labelled, epsilon, weight)
                      - loss(t, point, name, d, -h, labelled, epsilon, weight))
                  / (2 * h);
          error = Math.min(error, Math.abs(slope - expected));
        }
        worst = Math.max(worst, error);
      }
      if (worst <= 2e-2 * norm) wrong.remove(name);
      else wrong.put(name, "error " + worst + " of " + norm);
    }
  }

  /** Weights that start at zero have no say in the others' gradients: all get random values. */
  private static Map<String, float[]> perturbed(
      final Map<String, float[]> weights, final long seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    final Map<String, float[]> all = new TreeMap<>();
    weights.forEach(
        (name, w) -> {
          final float[] noise = new float[w.length];
          Gaussians.fill(noise, random, 0.1);
          for (int i = 0; i < w.length; i++) noise[i] += w[i];
          all.put(name, noise);
        });
    return all;
  }

  private static float[] direction(final float[] gradient, final double norm, final int index) {
    final float[] d = new float[gradient.length];
    if (index > 0) Gaussians.fill(d, new SplittableRandom(index), 1 / Math.sqrt(d.length));
    for (int i = 0; i < d.length; i++) d[i] += (float) (gradient[i] / norm);
    return d;
  }

  private static double loss(
      final SegmenterTrainer t,
      final Map<String, float[]> start,
      final String name,
      final float[] direction,
      final double by,
      final boolean labelled,
      final float[] epsilon,
      final double weight) {
    final float[] moved = start.get(name).clone();
    for (int i = 0; i < moved.length; i++) moved[i] += (float) (by * direction[i]);
    t.restore(Map.of(name, moved));
    final Outcome o = t.step(example(labelled), intensities(), epsilon, 0, 0, weight);
    t.restore(Map.of(name, start.get(name)));
    return o.dataTerm() + weight * o.divergence();
  }

  /** L_exact, L_bound and L_paired at the mean, from the exported prior's own networks. */
  @ParameterizedTest
  @EnumSource(Objective.class)
  void lossIsThatOfTheFormula(final Objective objective) {
    final IntensityModel m = intensities();
    final ImageVector x = image();
    try (SegmenterTrainer t = trainer(objective, false)) {
      try (AnatomicalPrior segmenter = TestPriors.segmenter(prior, t)) {
        // The trainer keeps posteriors as bytes.
        final float[] seen = LabelPosteriors.of(prior.atlas(), x, m);
        for (int i = 0; i < seen.length; i++) seen[i] = Math.round(255 * seen[i]) / 255f;
        final LatentCode code = segmenter.encodeImage(seen);
        final float[] f = segmenter.decode(code.mean());
        double data = 0, paired = 0;
        final byte[] map = TestPriors.map(A, 1);
        for (int v = 0; v < A.voxels(); v++) {
          if (map[v] >= 0) paired -= Math.log(f[3 * v + map[v]]);
          if (x.mask()[v] == 0) continue;
          double sum = 0, bound = 0;
          for (int l = 0; l < 3; l++) {
            final double density = Fixtures.density(m, l, x.values()[v]);
            sum += f[3 * v + l] * density;
            bound += f[3 * v + l] * Math.log(density);
          }
          data -= objective == Objective.EXACT ? Math.log(sum) : bound;
        }
        final Outcome unlabelled = t.evaluate(example(false), m);
        assertEquals(data / A.voxels(), unlabelled.dataTerm(), 1e-4);
        assertEquals(code.divergence() / A.voxels(), unlabelled.divergence(), 1e-4);
        assertEquals(unlabelled.dataTerm() + unlabelled.divergence(), unlabelled.total(), 1e-12);
        final Outcome labelled = t.evaluate(example(true), m);
        assertEquals(paired / A.voxels() + 1.25, labelled.dataTerm(), 1e-4);
        assertEquals(unlabelled.divergence(), labelled.divergence(), 1e-6);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true", "true, true"})
  void theDecoderLearnsOnlyIfAskedTo(final boolean trainDecoder, final boolean labelled) {
    try (SegmenterTrainer t = trainer(Objective.EXACT, trainDecoder)) {
      final Map<String, float[]> before = t.weights();
      final float[] epsilon = Fixtures.gaussians(5, A.latentCount(), 1);
      for (int i = 0; i < 3; i++) t.step(example(labelled), intensities(), epsilon, i, 0.01, 1);
      boolean encoderMoved = false, decoderMoved = false;
      for (final Map.Entry<String, float[]> w : t.weights().entrySet()) {
        final boolean moved = !Arrays.equals(w.getValue(), before.get(w.getKey()));
        if (w.getKey().startsWith(PriorNetwork.DECODER)) decoderMoved |= moved;
        else encoderMoved |= moved;
        if (!trainDecoder && w.getKey().startsWith(PriorNetwork.DECODER))
          assertArrayEquals(before.get(w.getKey()), prior.weights().get(w.getKey()), 0f);
      }
      assertTrue(encoderMoved);
      assertEquals(trainDecoder, decoderMoved);
      assertEquals(
          trainDecoder,
          t.optimiser().keySet().stream().anyMatch(n -> n.contains(PriorNetwork.DECODER)));
    }
  }

  @ParameterizedTest
  @CsvSource({"EXACT, false", "BOUND, false", "EXACT, true"})
  void lossFalls(final Objective objective, final boolean labelled) {
    try (SegmenterTrainer t = trainer(objective, false)) {
      final double before = t.evaluate(example(labelled), intensities()).total();
      final float[] epsilon = new float[A.latentCount()];
      for (int i = 0; i < 30; i++) t.step(example(labelled), intensities(), epsilon, i, 0.01, 1);
      final double after = t.evaluate(example(labelled), intensities()).total();
      assertTrue(after < before - 1e-3, before + " to " + after);
    }
  }

  @Test
  void startsAsThePriorsLabelEncoder() {
    try (SegmenterTrainer t = trainer(Objective.EXACT, false)) {
      int compared = 0;
      for (final Map.Entry<String, float[]> w : t.weights().entrySet()) {
        final String name =
            w.getKey().startsWith(PriorNetwork.IMAGE_ENCODER)
                ? PriorNetwork.ENCODER + w.getKey().substring(PriorNetwork.IMAGE_ENCODER.length())
                : w.getKey();
        assertArrayEquals(prior.weights().get(name), w.getValue(), 0f, name);
        compared++;
      }
      assertTrue(compared > 8);
      assertFalse(example(false).isLabelled());
      assertTrue(example(true).isLabelled());
    }
  }
}
