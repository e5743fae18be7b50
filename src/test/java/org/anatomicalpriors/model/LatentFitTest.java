package org.anatomicalpriors.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LatentFitTest {

  private static final Architecture A = TestPriors.architecture(Architecture.Latent.GRID, 4);
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

  private static IntensityModel intensities() {
    return Fixtures.intensities(3, new int[] {0, 1, 2}, new int[] {0, 0, 1, 2});
  }

  private static ImageVector image() {
    final float[] x = Fixtures.gaussians(6, A.voxels(), 0.7);
    x[17] = Float.NaN;
    return Fixtures.image(x);
  }

  private static LatentCode code() {
    final float[] spread = new float[A.latentCount()];
    for (int i = 0; i < spread.length; i++) spread[i] = -7f + 7.5f * i / spread.length;
    return new LatentCode(Fixtures.gaussians(1, A.latentCount(), 1), spread);
  }

  @Test
  void startsFromTheCodeGiven() {
    try (LatentFit fit = new LatentFit(prior, Objective.EXACT)) {
      fit.start(code());
      assertArrayEquals(code().mean(), fit.code().mean(), 0f);
      assertArrayEquals(code().logVariance(), fit.code().logVariance(), 1e-4f);
    }
  }

  @ParameterizedTest
  @EnumSource(Objective.class)
  void objectiveIsThatOfTheFormula(final Objective objective) {
    final IntensityModel m = intensities();
    final ImageVector x = image();
    final float[] epsilon = Fixtures.gaussians(8, A.latentCount(), 1);
    final float[] z = code().mean();
    for (int i = 0; i < z.length; i++)
      z[i] += (float) (Math.exp(0.5 * code().logVariance()[i]) * epsilon[i]);
    final float[] f = prior.decode(z);
    double expected = code().divergence();
    for (int v = 0; v < A.voxels(); v++) {
      if (x.mask()[v] == 0) continue;
      double sum = 0, bound = 0;
      for (int l = 0; l < 3; l++) {
        final double density = Fixtures.density(m, l, x.values()[v]);
        sum += f[3 * v + l] * density;
        bound += f[3 * v + l] * Math.log(density);
      }
      expected -= objective == Objective.EXACT ? Math.log(sum) : bound;
    }
    try (LatentFit fit = new LatentFit(prior, objective)) {
      fit.start(code());
      final LatentFit.Step step = fit.step(x, m, epsilon, 0, 0);
      assertEquals(expected, step.objective(), 2e-4 * Math.abs(expected));
      final IntensityModel updated =
          m.updated(GroupProbabilities.of(f, new int[] {0, 1, 2}).statistics(x, m, 1).sums);
      assertArrayEquals(updated.state(), step.intensities().state(), 1e-4);
    }
  }

  @ParameterizedTest
  @EnumSource(Objective.class)
  void stepsAtTheMeanLowerTheObjectiveAndBothPartsMove(final Objective objective) {
    final float[] zeros = new float[A.latentCount()];
    try (LatentFit fit = new LatentFit(prior, objective)) {
      fit.start(code());
      final double before = fit.step(image(), intensities(), zeros, 0, 0).objective();
      for (int i = 0; i < 15; i++) fit.step(image(), intensities(), zeros, i, 0.05);
      final double after = fit.step(image(), intensities(), zeros, 0, 0).objective();
      assertTrue(after < before - 1, before + " to " + after);
      double mean = 0, spread = 0;
      for (int i = 0; i < zeros.length; i++) {
        mean += Math.abs(fit.code().mean()[i] - code().mean()[i]);
        spread += Math.abs(fit.code().logVariance()[i] - code().logVariance()[i]);
      }
      assertTrue(mean > 0.1 && spread > 0.1, mean + ", " + spread);
    }
  }

  @Test
  void aNewStartForgetsTheOldOne() {
    final float[] epsilon = Fixtures.gaussians(8, A.latentCount(), 1);
    try (LatentFit fit = new LatentFit(prior, Objective.EXACT)) {
      final float[][] ends = new float[2][];
      for (int run = 0; run < 2; run++) {
        fit.start(code());
        for (int i = 0; i < 3; i++) fit.step(image(), intensities(), epsilon, i, 0.05);
        ends[run] = fit.code().mean();
      }
      assertArrayEquals(ends[0], ends[1], 0f);
    }
  }
}
