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

/** Of blocks in a sequence, only one is in memory at once, forward and in the gradient. */
class BlockSequenceTest {

  private static final int PARTS = 8;
  private static final int SLICES = 6;
  private static final int CHANNELS = 32;

  /** The sum of a term of every part of a volume, and its gradients. */
  private static final class Sum implements AutoCloseable {
    final NetworkGraph network = new NetworkGraph(TestEngine.get(), true);
    final List<Operand<TFloat32>> values = new ArrayList<>();

    /**
     * @param inSequence whether the parts are blocks of a sequence, or together one block
     */
    Sum(final boolean inSequence) {
      final Operand<TFloat32> x = network.parameters().create("x", 1, 1, PARTS * SLICES, 24, 24, 2);
      final BlockSequence sequence = new BlockSequence();
      Operand<TFloat32> sum = null;
      if (inSequence)
        for (int p = 0; p < PARTS; p++) {
          final int from = p * SLICES;
          final Operand<TFloat32> term =
              network.tape().block(sequence, in -> term(in, from, from + SLICES), x);
          sum = sum == null ? term : network.layers().add(sum, term);
        }
      else sum = network.tape().block(in -> term(in, 0, PARTS * SLICES), x);
      final List<Operand<TFloat32>> parameters = new ArrayList<>();
      for (final String n : network.parameters().names(""))
        parameters.add(network.parameters().value(n));
      values.add(sum);
      values.addAll(network.tape().gradients(sum, parameters));
      network.parameters().initialise(network.session(), 1);
    }

    /** Sum of squares of what a layer makes of some slices. */
    private Operand<TFloat32> term(final Operand<TFloat32> x, final int from, final int to) {
      final Layers layers = network.layers();
      return network
          .tape()
          .apply(
              in -> GraphMath.total(network.tf(), network.tf().math.square(in.get(0))),
              layers.activation(
                  layers.convolution("layer", layers.slices(x, 1, from, to), CHANNELS, 1, 1, 1)));
    }

    Session.Runner runner() {
      final Session.Runner runner = network.session().runner();
      values.forEach(v -> runner.addTarget(GraphMath.total(network.tf(), v)));
      return runner;
    }

    List<float[]> run() {
      final Session.Runner runner = network.session().runner();
      values.forEach(runner::fetch);
      final List<float[]> found = new ArrayList<>();
      try (Result result = runner.run()) {
        for (int i = 0; i < values.size(); i++) found.add(Tensors.toFloats(result.get(i)));
      }
      return found;
    }

    @Override
    public void close() {
      network.close();
    }
  }

  @Test
  void sumsAndGradientsAreThoseOfOneBlock() {
    try (Sum one = new Sum(false);
        Sum many = new Sum(true)) {
      final List<float[]> expected = one.run(), found = many.run();
      assertEquals(4, expected.size());
      for (int i = 0; i < expected.size(); i++) {
        double largest = 0;
        for (final float v : expected.get(i)) largest = Math.max(largest, Math.abs(v));
        assertArrayEquals(expected.get(i), found.get(i), (float) (1e-5 * largest));
      }
    }
  }

  @Test
  void lessThanAThirdOfTheMemoryIsHeldAtOnce() {
    try (Sum one = new Sum(false);
        Sum many = new Sum(true)) {
      final long all = LiveTensors.peak(one.runner()), few = LiveTensors.peak(many.runner());
      assertTrue(few < all / 3, few + " bytes of " + all);
    }
  }
}
