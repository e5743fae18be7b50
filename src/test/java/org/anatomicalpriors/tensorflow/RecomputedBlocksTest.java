package org.anatomicalpriors.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/** Blocks that are computed again give the same gradients in less memory. */
class RecomputedBlocksTest {

  private static final int BLOCKS = 6;
  private static final int LAYERS = 4;

  /** A chain of blocks, the gradients of all its parameters, and what a run of these holds. */
  private static final class Chain implements AutoCloseable {
    final NetworkGraph network;
    final Operand<TFloat32> loss;
    final List<Operand<TFloat32>> gradients;

    Chain(final boolean recomputes) {
      network = new NetworkGraph(TestEngine.get(), recomputes);
      final Layers layers = network.layers();
      Operand<TFloat32> h = network.parameters().create("x", 1, 1, 24, 24, 24, 8);
      for (int b = 0; b < BLOCKS; b++) {
        final String name = "block" + b;
        h = network.tape().block(in -> block(layers, name, in), h);
      }
      loss = network.tape().apply(in -> GraphMath.total(network.tf(), in.get(0)), h);
      final List<Operand<TFloat32>> parameters = new ArrayList<>();
      for (final String n : network.parameters().names(""))
        parameters.add(network.parameters().value(n));
      gradients = network.tape().gradients(loss, parameters);
      network.parameters().initialise(network.session(), 1);
    }

    private static Operand<TFloat32> block(
        final Layers layers, final String name, final Operand<TFloat32> x) {
      Operand<TFloat32> h = x;
      for (int l = 0; l < LAYERS; l++)
        h = layers.add(h, layers.activation(layers.convolution(name + ".c" + l, h, 8, 3, 1, 0.5)));
      return h;
    }

    /** The run of what Adam would take: one number of each gradient. */
    Session.Runner runner() {
      final Session.Runner runner = network.session().runner();
      gradients.forEach(g -> runner.addTarget(GraphMath.total(network.tf(), g)));
      return runner;
    }

    List<float[]> values() {
      final Session.Runner runner = network.session().runner().fetch(loss);
      gradients.forEach(runner::fetch);
      final List<float[]> values = new ArrayList<>();
      try (Result result = runner.run()) {
        for (int i = 0; i < result.size(); i++)
          values.add(Tensors.toFloats((TFloat32) result.get(i)));
      }
      return values;
    }

    @Override
    public void close() {
      network.close();
    }
  }

  @Test
  void gradientsAreTheSameToTheBit() {
    try (Chain kept = new Chain(false);
        Chain recomputed = new Chain(true)) {
      final List<float[]> expected = kept.values(), found = recomputed.values();
      assertEquals(2 + 2 * BLOCKS * LAYERS, expected.size());
      for (int i = 0; i < expected.size(); i++) assertArrayEquals(expected.get(i), found.get(i));
    }
  }

  @Test
  void lessThanHalfOfTheMemoryIsHeldAtOnce() {
    try (Chain kept = new Chain(false);
        Chain recomputed = new Chain(true)) {
      final long all = LiveTensors.peak(kept.runner()), few = LiveTensors.peak(recomputed.runner());
      assertTrue(few < 0.5 * all, few + " bytes of " + all);
    }
  }
}
