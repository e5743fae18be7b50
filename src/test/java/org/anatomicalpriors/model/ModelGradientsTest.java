package org.anatomicalpriors.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.tensorflow.GradientCheck;
import org.anatomicalpriors.tensorflow.NetworkGraph;
import org.anatomicalpriors.tensorflow.TestEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** The whole objectives through encoder and decoder, and q(z|.), against differences. */
class ModelGradientsTest {

  private NetworkGraph network;
  private GradientCheck check;
  private Ops tf;
  private final List<Tensor> toClose = new ArrayList<>();

  @BeforeEach
  void open() {
    network = new NetworkGraph(TestEngine.get());
    check = new GradientCheck(network);
    tf = network.tf();
  }

  @AfterEach
  void close() {
    toClose.forEach(Tensor::close);
    network.close();
  }

  private Gaussian code(final int n) {
    return Gaussian.bounded(tf, network.tape(), check.input("mean", n), check.input("raw", n));
  }

  @Test
  void gradientsOfDivergenceAndSampleAgreeWithDifferences() {
    final Gaussian q = code(5);
    final Operand<TFloat32> noise = tf.constant(Fixtures.gaussians(1, 5, 1));
    final Operand<TFloat32> divergence = q.divergence(tf, network.tape());
    final Operand<TFloat32> sample = q.sample(tf, network.tape(), noise);
    check.randomise(2, 1);
    check.check(divergence, "mean", "raw");
    check.check(sample, "mean", "raw");
  }

  @Test
  void divergenceIsTheClosedFormInNats() {
    final Gaussian q = code(5);
    final Operand<TFloat32> divergence = q.divergence(tf, network.tape());
    check.randomise(3, 2);
    final List<float[]> v = check.run(List.of(q.mean, q.logVariance, divergence));
    double kl = 0;
    for (int i = 0; i < 5; i++) {
      final double mean = v.get(0)[i], variance = Math.exp(v.get(1)[i]);
      kl += 0.5 * (mean * mean + variance - 1 - Math.log(variance));
    }
    assertEquals(kl, v.get(2)[0], 1e-4 * kl);
    assertEquals(kl, new LatentCode(v.get(0), v.get(1)).divergence(), 1e-6 * kl);
  }

  @Test
  void logVarianceStaysWithinItsBounds() {
    final Gaussian q = code(3);
    network
        .parameters()
        .assign(
            network.session(), Map.of("mean", new float[3], "raw", new float[] {-1e6f, 0, 1e6f}));
    final float[] lv = check.run(List.of(q.logVariance)).get(0);
    assertEquals(-8, lv[0], 1e-5);
    assertEquals(-3.5, lv[1], 1e-5);
    assertEquals(1, lv[2], 1e-5);
  }

  @Test
  void sampleIsTheMeanPlusScaledNoise() {
    final Gaussian q = code(2);
    final Operand<TFloat32> z = q.sample(tf, network.tape(), tf.constant(new float[] {0, 2}));
    check.randomise(4, 1);
    final List<float[]> v = check.run(List.of(q.mean, q.logVariance, z));
    assertEquals(v.get(0)[0], v.get(2)[0], 1e-6);
    assertEquals(v.get(0)[1] + 2 * Math.exp(v.get(1)[1] / 2), v.get(2)[1], 1e-5);
  }

  @ParameterizedTest
  @CsvSource({"6, 4, 4, GRID", "6, 4, 4, DENSE", "6, 4, 1, GRID", "6, 4, 1, DENSE"})
  void gradientsOfThePriorsObjectiveAgreeWithDifferences(
      final int x, final int y, final int z, final Architecture.Latent latent) {
    final Architecture a = new Architecture(new int[] {x, y, z}, 3, new int[] {4, 5}, latent, 2);
    final int[] indices = new int[a.voxels()];
    for (int v = 0; v < indices.length; v++) indices[v] = v % 7 > 0 ? v * v % 3 : 255;
    final Operand<TUint8> rows = tf.dtypes.cast(tf.constant(indices), TUint8.class);
    final Operand<TFloat32> labels =
        tf.reshape(PriorNetwork.oneHot(tf, rows, 3), tf.constant(new int[] {1, z, y, x, 3}));
    final Networks networks = new Networks(a, tf, network.tape(), network.layers());
    final Gaussian q = networks.encoder("encoder", labels);
    final Operand<TFloat32> logits = logits(networks, a, q);
    checkThrough(q, new Objectives(tf, network.tape()).crossEntropy(logits, rows));
  }

  @ParameterizedTest
  @CsvSource({"4, true", "4, false", "1, true", "1, false"})
  void gradientsOfTheImagesObjectivesAgreeWithDifferences(final int z, final boolean exact) {
    final Architecture a =
        new Architecture(new int[] {6, 4, z}, 3, new int[] {4, 5}, Architecture.Latent.GRID, 2);
    final Likelihood likelihood = new Likelihood(tf, a.voxels(), 3);
    check.feeding(
        Fixtures.feeding(
            likelihood,
            Fixtures.image(Fixtures.gaussians(3, a.voxels(), 1)),
            Fixtures.intensities(3),
            toClose));
    final Networks networks = new Networks(a, tf, network.tape(), network.layers());
    final Operand<TFloat32> image =
        tf.reshape(
            tf.constant(Fixtures.gaussians(4, a.voxels(), 1)),
            tf.constant(new int[] {1, z, 4, 6, 1}));
    final Gaussian q = networks.encoder("encoder", image);
    final Operand<TFloat32> logits = logits(networks, a, q);
    final Objectives objectives = new Objectives(tf, network.tape());
    checkThrough(
        q, exact ? objectives.exact(logits, likelihood) : objectives.bound(logits, likelihood));
  }

  private Operand<TFloat32> logits(
      final Networks networks, final Architecture a, final Gaussian q) {
    final int n = a.latentCount();
    final Operand<TFloat32> noise =
        tf.reshape(
            tf.constant(Fixtures.gaussians(5, n, 1)), tf.constant(Fixtures.ints(a.latentShape())));
    return networks.decoder(
        "decoder", q.sample(tf, network.tape(), noise), check.input("atlas", a.voxels(), 3));
  }

  /** KL plus the data term, with respect to every weight of both networks and the atlas. */
  private void checkThrough(final Gaussian q, final Operand<TFloat32> dataTerm) {
    final Operand<TFloat32> loss =
        network
            .tape()
            .apply(
                in -> tf.math.add(in.get(0), in.get(1)),
                dataTerm,
                q.divergence(tf, network.tape()));
    check.start(7, 0.3);
    check.step(4e-3).tolerance(2e-2).checkAlongDirections(loss, "encoder.", "decoder.", "atlas");
    assertTrue(network.parameters().names("decoder.").contains("decoder.head.kernel"));
  }
}
