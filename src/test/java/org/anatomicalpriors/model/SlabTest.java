package org.anatomicalpriors.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.anatomicalpriors.tensorflow.GradientCheck;
import org.anatomicalpriors.tensorflow.NetworkGraph;
import org.anatomicalpriors.tensorflow.TestEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** Networks whose finest level is computed in slabs are those that compute it at once. */
class SlabTest {

  private static final int LABELS = 3;

  /** Of all parameters on which the loss depends. */
  private static final String[] PREFIXES = {
    "encoder.mean", "encoder.level", "decoder.", "z", "atlas"
  };

  /** Both networks of an architecture, with random weights. */
  private static final class Built implements AutoCloseable {
    final NetworkGraph network;
    final GradientCheck check;
    final Operand<TFloat32> logits;
    final Operand<TFloat32> mean;
    final Operand<TFloat32> loss;

    Built(final Architecture a, final Keeping keeping) {
      network = new NetworkGraph(TestEngine.get(), keeping.recomputes());
      check = new GradientCheck(network);
      final Ops tf = network.tf();
      final Networks networks = new Networks(a, tf, network.tape(), network.layers());
      mean =
          networks.encoder(
                  "encoder",
                  PriorNetwork.oneHot(tf, labels(tf, a, a.volumeShape(0, 1)), LABELS),
                  keeping.slabs(a),
                  (in, slab) ->
                      slab.ofVolume(tf, tf.reshape(in, tf.constant(a.volumeShape(0, LABELS)))))
              .mean;
      final Operand<TUint8> rows = labels(tf, a, a.voxels());
      final List<Operand<TFloat32>> found = new ArrayList<>();
      loss =
          networks.decoderSum(
              "decoder",
              network
                  .tape()
                  .apply(
                      in -> tf.math.add(in.get(0), in.get(1)),
                      mean,
                      check.input("z", a.latentShape())),
              check.input("atlas", a.voxels(), LABELS),
              keeping.slabs(a),
              (slab, y, sequence) -> {
                found.add(y);
                return new Objectives(tf, network.tape())
                    .crossEntropy(y, slab.ofRows(tf, network.tape().late(rows)));
              });
      logits = Slab.joined(tf, found);
      check.start(7, 0.3);
    }

    private static Operand<TUint8> labels(final Ops tf, final Architecture a, final long... shape) {
      final int[] indices = new int[a.voxels()];
      for (int v = 0; v < indices.length; v++) indices[v] = v % 7 > 0 ? v * v % LABELS : 255;
      return tf.reshape(tf.dtypes.cast(tf.constant(indices), TUint8.class), tf.constant(shape));
    }

    /** Logits, codes, the loss, and its gradients with respect to all parameters. */
    List<float[]> values() {
      final List<Operand<TFloat32>> parameters = new ArrayList<>();
      for (final String prefix : PREFIXES)
        for (final String name : network.parameters().names(prefix))
          parameters.add(network.parameters().value(name));
      final List<Operand<TFloat32>> all = new ArrayList<>(List.of(logits, mean, loss));
      all.addAll(network.tape().gradients(loss, parameters));
      return check.run(all);
    }

    @Override
    public void close() {
      network.close();
    }
  }

  private static Architecture network(
      final int x, final int y, final int z, final int levels, final Architecture.Latent latent) {
    return new Architecture(
        new int[] {x, y, z},
        LABELS,
        java.util.Arrays.copyOf(new int[] {4, 5, 6}, levels),
        latent,
        2);
  }

  @ParameterizedTest
  @CsvSource({
    "6, 4, 40, 2, GRID",
    "8, 12, 36, 3, DENSE",
    "8, 8, 20, 3, GRID",
    "6, 40, 1, 2, GRID",
    "34, 1, 1, 2, DENSE",
    "5, 3, 33, 1, GRID",
    "3, 35, 1, 1, DENSE"
  })
  void valuesAndGradientsAreThoseOfTheWhole(
      final int x, final int y, final int z, final int levels, final Architecture.Latent latent) {
    final Architecture a = network(x, y, z, levels, latent);
    assertTrue(Keeping.SLABS.slabs(a).size() > 1);
    try (Built whole = new Built(a, Keeping.ALL);
        Built slabs = new Built(a, Keeping.SLABS)) {
      assertEquals(whole.network.parameters().names(""), slabs.network.parameters().names(""));
      final List<float[]> expected = whole.values(), found = slabs.values();
      for (int i = 0; i < expected.size(); i++) {
        double norm = 0;
        for (final float v : expected.get(i)) norm = Math.max(norm, Math.abs(v));
        assertTrue(norm > 0);
        assertArrayEquals(expected.get(i), found.get(i), (float) (2e-5 * norm), "value " + i);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 1, 20, 2, GRID", "4, 18, 1, 2, DENSE", "3, 2, 19, 1, GRID"})
  void gradientsAgreeWithDifferences(
      final int x, final int y, final int z, final int levels, final Architecture.Latent latent) {
    try (Built slabs = new Built(network(x, y, z, levels, latent), Keeping.SLABS)) {
      slabs.check.step(4e-3).tolerance(2e-2).checkAlongDirections(slabs.loss, PREFIXES);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "33, 1, '0 11 22 33'",
    "40, 2, '0 12 26 40'",
    "40, 3, '0 12 26 40'",
    "16, 2, '0 16'",
    "18, 1, '0 9 18'",
    "18, 2, '0 8 18'",
    "112, 3, '0 16 32 48 64 80 96 112'",
    "1, 2, '0 4'"
  })
  void slabsAreAsThickAsEachOther(final int z, final int levels, final String borders) {
    final StringBuilder found = new StringBuilder("0");
    for (final Slab slab : Slab.thin(network(4, 4, z, levels, Architecture.Latent.GRID)))
      found.append(' ').append(slab.to());
    assertEquals(borders, found.toString());
  }
}
