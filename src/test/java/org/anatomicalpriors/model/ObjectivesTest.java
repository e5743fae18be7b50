package org.anatomicalpriors.model;

import static org.anatomicalpriors.model.Fixtures.density;
import static org.anatomicalpriors.model.Fixtures.gaussians;
import static org.anatomicalpriors.model.Fixtures.softmax;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.anatomicalpriors.tensorflow.GradientCheck;
import org.anatomicalpriors.tensorflow.NetworkGraph;
import org.anatomicalpriors.tensorflow.TestEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** The data terms against sums over all label maps, differences and Jensen's inequality. */
class ObjectivesTest {

  private static final int VOXELS = 3;
  private static final int LABELS = 3;

  private NetworkGraph network;
  private GradientCheck check;
  private Ops tf;
  private Objectives objectives;
  private Likelihood likelihood;
  private Operand<TFloat32> logits;
  private final List<Tensor> toClose = new ArrayList<>();

  @BeforeEach
  void open() {
    network = new NetworkGraph(TestEngine.get());
    check = new GradientCheck(network);
    tf = network.tf();
    objectives = new Objectives(tf, network.tape());
    likelihood = new Likelihood(tf, VOXELS, LABELS);
    logits = check.input("logits", VOXELS, LABELS);
  }

  @AfterEach
  void close() {
    toClose.forEach(Tensor::close);
    network.close();
  }

  private double value(
      final Operand<TFloat32> term, final float[] at, final ImageVector x, final IntensityModel m) {
    network.parameters().assign(network.session(), Map.of("logits", at));
    check.feeding(Fixtures.feeding(likelihood, x, m, toClose));
    return check.run(List.of(term)).get(0)[0];
  }

  /** - log sum_s p(s|z) p(x|s) over all L^V label maps, nothing factorised. */
  private static double negativeLogEvidence(
      final float[] at, final float[] x, final IntensityModel m) {
    final double[] f = softmax(at, LABELS);
    double evidence = 0;
    for (final int[] s : labelMaps()) {
      double p = 1;
      for (int v = 0; v < VOXELS; v++) p *= f[v * LABELS + s[v]] * density(m, s[v], x[v]);
      evidence += p;
    }
    return -Math.log(evidence);
  }

  /** - sum_s p(s|z) log p(x|s) over all L^V label maps. */
  private static double negativeExpectedLog(
      final float[] at, final float[] x, final IntensityModel m) {
    final double[] f = softmax(at, LABELS);
    double expected = 0;
    for (final int[] s : labelMaps()) {
      double p = 1, log = 0;
      for (int v = 0; v < VOXELS; v++) {
        p *= f[v * LABELS + s[v]];
        log += Math.log(density(m, s[v], x[v]));
      }
      expected += p * log;
    }
    return -expected;
  }

  private static List<int[]> labelMaps() {
    final List<int[]> all = new ArrayList<>();
    for (int n = 0; n < Math.pow(LABELS, VOXELS); n++) {
      final int[] s = new int[VOXELS];
      for (int v = 0, rest = n; v < VOXELS; v++, rest /= LABELS) s[v] = rest % LABELS;
      all.add(s);
    }
    return all;
  }

  @Test
  void dataTermsAreTheSumsOverAllLabelMaps() {
    final Operand<TFloat32> exact = objectives.exact(logits, likelihood);
    final Operand<TFloat32> bound = objectives.bound(logits, likelihood);
    for (int seed = 0; seed < 10; seed++) {
      final float[] at = gaussians(seed, VOXELS * LABELS, 1.5),
          x = gaussians(100 + seed, VOXELS, 1);
      final IntensityModel m = Fixtures.intensities(seed);
      final double e = negativeLogEvidence(at, x, m), b = negativeExpectedLog(at, x, m);
      assertEquals(e, value(exact, at, Fixtures.image(x), m), 1e-4 * (1 + Math.abs(e)));
      assertEquals(b, value(bound, at, Fixtures.image(x), m), 1e-4 * (1 + Math.abs(b)));
    }
  }

  @Test
  void boundIsNeverBelowExact() {
    final Operand<TFloat32> exact = objectives.exact(logits, likelihood);
    final Operand<TFloat32> bound = objectives.bound(logits, likelihood);
    for (int seed = 0; seed < 200; seed++) {
      final float[] at = gaussians(seed, VOXELS * LABELS, 0.1 + seed % 10);
      final ImageVector x = Fixtures.image(gaussians(1000 + seed, VOXELS, 0.5 + seed % 4));
      final IntensityModel m =
          Fixtures.intensities(seed, new int[] {0, 1, 2}, new int[] {0, 1, 1, 2});
      final double e = value(exact, at, x, m), b = value(bound, at, x, m);
      assertTrue(Double.isFinite(e) && Double.isFinite(b));
      assertTrue(b >= e - 1e-4 * (1 + Math.abs(e)), "seed " + seed + ": " + b + " < " + e);
    }
  }

  @Test
  void boundIsExactWhereLabelsAreCertain() {
    final Operand<TFloat32> exact = objectives.exact(logits, likelihood);
    final Operand<TFloat32> bound = objectives.bound(logits, likelihood);
    for (int seed = 0; seed < 20; seed++) {
      final float[] at = new float[VOXELS * LABELS];
      for (int v = 0; v < VOXELS; v++) at[v * LABELS + (seed + v) % LABELS] = 60;
      final ImageVector x = Fixtures.image(gaussians(seed, VOXELS, 1));
      final IntensityModel m = Fixtures.intensities(seed);
      final double e = value(exact, at, x, m);
      assertEquals(e, value(bound, at, x, m), 1e-4 * (1 + Math.abs(e)));
    }
  }

  @Test
  void uncertainLabelsLeaveAGap() {
    final IntensityModel m =
        new IntensityModel(
            new int[] {0, 1, 1},
            new int[] {0, 1},
            new double[] {-1, 1},
            new double[] {0.1, 0.1},
            new double[] {1, 1},
            0.1,
            1);
    final ImageVector x = Fixtures.image(-1, 0.9f, 1);
    final double gap =
        value(objectives.bound(logits, likelihood), new float[VOXELS * LABELS], x, m)
            - value(objectives.exact(logits, likelihood), new float[VOXELS * LABELS], x, m);
    double expected = 0;
    for (final float v : x.values()) {
      double mean = 0, meanLog = 0;
      for (int l = 0; l < LABELS; l++) {
        mean += density(m, l, v) / LABELS;
        meanLog += Math.log(density(m, l, v)) / LABELS;
      }
      expected += Math.log(mean) - meanLog;
    }
    assertTrue(expected > 3, "gap " + expected);
    assertEquals(expected, gap, 1e-4);
  }

  @Test
  void gradientsAgreeWithDifferences() {
    final float[] x = gaussians(5, VOXELS, 1);
    final IntensityModel m = Fixtures.intensities(5);
    for (final Operand<TFloat32> term :
        List.of(objectives.exact(logits, likelihood), objectives.bound(logits, likelihood))) {
      check.feeding(Fixtures.feeding(likelihood, Fixtures.image(x), m, toClose));
      check.randomise(6, 1);
      check.step(1e-2).tolerance(2e-3).check(term, "logits");
    }
  }

  @Test
  void voxelsOutsideTheFieldOfViewCountForNothing() {
    final float[] at = gaussians(8, VOXELS * LABELS, 1);
    final IntensityModel m = Fixtures.intensities(8);
    final ImageVector x = Fixtures.image(0.3f, Float.NaN, Float.POSITIVE_INFINITY);
    final double[] f = softmax(at, LABELS);
    double evidence = 0, expected = 0;
    for (int l = 0; l < LABELS; l++) {
      evidence += f[l] * density(m, l, 0.3f);
      expected += f[l] * Math.log(density(m, l, 0.3f));
    }
    final Operand<TFloat32> exact = objectives.exact(logits, likelihood);
    final Operand<TFloat32> bound = objectives.bound(logits, likelihood);
    assertEquals(-Math.log(evidence), value(exact, at, x, m), 1e-4);
    assertEquals(-expected, value(bound, at, x, m), 1e-4);
    for (final Operand<TFloat32> term : List.of(exact, bound)) {
      final float[] g =
          check.run(List.of(network.tape().gradients(term, List.of(logits)).get(0))).get(0);
      for (int i = LABELS; i < g.length; i++) assertEquals(0, g[i], 0f);
      assertTrue(Math.abs(g[0]) > 0);
    }
  }

  @Test
  void farIntensitiesStayFinite() {
    final IntensityModel m = Fixtures.intensities(9);
    final ImageVector x = Fixtures.image(1000, -1000, 0);
    for (final Operand<TFloat32> term :
        List.of(objectives.exact(logits, likelihood), objectives.bound(logits, likelihood))) {
      final double v = value(term, gaussians(9, VOXELS * LABELS, 20), x, m);
      assertTrue(Double.isFinite(v), "value " + v);
      for (final float g :
          check.run(List.of(network.tape().gradients(term, List.of(logits)).get(0))).get(0))
        assertTrue(Float.isFinite(g));
    }
  }

  @Test
  void crossEntropyIsTheLogProbabilityOfTheLabelMap() {
    // The second voxel has no label.
    final Operand<TFloat32> term =
        objectives.crossEntropy(
            logits, tf.dtypes.cast(tf.constant(new int[] {1, 255, 2}), TUint8.class));
    final float[] at = gaussians(10, VOXELS * LABELS, 2);
    network.parameters().assign(network.session(), Map.of("logits", at));
    final double[] f = softmax(at, LABELS);
    assertEquals(-Math.log(f[1]) - Math.log(f[8]), check.run(List.of(term)).get(0)[0], 1e-4);
    check.step(1e-2).tolerance(2e-3).check(term, "logits");
    final float[] g =
        check.run(List.of(network.tape().gradients(term, List.of(logits)).get(0))).get(0);
    assertArrayEquals(new float[3], Arrays.copyOfRange(g, 3, 6), 0f);
  }

  @Test
  void eitherTermIsTheOneThatIsAskedFor() {
    final Placeholder<TBool> labelled = tf.placeholder(TBool.class);
    final Operand<TUint8> indices =
        tf.dtypes.cast(tf.constant(new int[] {1, 255, 2}), TUint8.class);
    for (final Objective objective : Objective.values()) {
      final Operand<TFloat32> image =
          objective == Objective.EXACT
              ? objectives.exact(logits, likelihood)
              : objectives.bound(logits, likelihood);
      for (final boolean given : new boolean[] {true, false}) {
        final Operand<TFloat32> one = given ? objectives.crossEntropy(logits, indices) : image;
        final Operand<TFloat32> either =
            objectives.either(labelled, logits, indices, objective, likelihood);
        final TBool fed = TBool.scalarOf(given);
        toClose.add(fed);
        final Consumer<Session.Runner> feeding =
            Fixtures.feeding(
                likelihood, Fixtures.image(0.3f, -1, 2), Fixtures.intensities(11), toClose);
        check.feeding(feeding.andThen(runner -> runner.feed(labelled, fed)));
        network
            .parameters()
            .assign(network.session(), Map.of("logits", gaussians(11, VOXELS * LABELS, 2)));
        final List<float[]> found =
            check.run(
                List.of(
                    one,
                    either,
                    network.tape().gradients(one, List.of(logits)).get(0),
                    network.tape().gradients(either, List.of(logits)).get(0)));
        assertArrayEquals(found.get(0), found.get(1), 0f);
        assertArrayEquals(found.get(2), found.get(3), 0f);
      }
    }
  }
}
