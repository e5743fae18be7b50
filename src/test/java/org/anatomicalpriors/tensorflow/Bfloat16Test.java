package org.anatomicalpriors.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/** Values and gradients of a small network in bfloat16 beside those in float32. */
class Bfloat16Test {

  /** Half the distance of two bfloat16 numbers, as a share of the smaller. */
  private static final double ROUNDING = Math.pow(2, -8);

  /** A value near zero may change its sign, and with it the slope of its activation. */
  private static final double OTHER_SLOPES = 0.1;

  @Test
  void sameWithinRounding() {
    final List<float[]> exact = compute(TestEngine.get().with(Arithmetic.FLOAT32), false);
    final List<float[]> rounded = compute(TestEngine.bfloat16(), false);
    for (int i = 0; i < exact.size(); i++) {
      final double difference = difference(rounded.get(i), exact.get(i));
      assertTrue(difference < 4 * ROUNDING, "of " + i + ": " + difference);
    }
    assertTrue(difference(rounded.get(0), exact.get(0)) > ROUNDING / 16);
  }

  @Test
  void closeWithActivations() {
    final List<float[]> exact = compute(TestEngine.get().with(Arithmetic.FLOAT32), true);
    final List<float[]> rounded = compute(TestEngine.bfloat16(), true);
    assertTrue(difference(rounded.get(0), exact.get(0)) < 4 * ROUNDING);
    for (int i = 1; i < exact.size(); i++) {
      final double difference = difference(rounded.get(i), exact.get(i));
      assertTrue(difference < OTHER_SLOPES, "of " + i + ": " + difference);
    }
  }

  /** Processors multiply in pairs, and a last one without a partner is easily lost. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 17, 18})
  void anyNumberOfChannels(final int channels) {
    final float[] exact = convolved(TestEngine.get().with(Arithmetic.FLOAT32), channels);
    final double difference = difference(convolved(TestEngine.bfloat16(), channels), exact);
    assertTrue(difference < 4 * ROUNDING, String.valueOf(difference));
  }

  private static float[] convolved(final Engine engine, final int channels) {
    try (NetworkGraph network = new NetworkGraph(engine)) {
      final Operand<TFloat32> x = network.parameters().create("x", 1, 1, 4, 6, 8, channels);
      final Operand<TFloat32> y = network.layers().convolution("c", x, 16, 3, 2, 1);
      network.parameters().initialise(network.session(), 2);
      try (Result result = network.session().runner().fetch(network.tf().math.neg(y)).run()) {
        return Tensors.toFloats(result.get(0));
      }
    }
  }

  @Test
  void repeatsItself() {
    final Engine engine = TestEngine.bfloat16();
    final List<float[]> once = compute(engine, true), again = compute(engine, true);
    for (int i = 0; i < once.size(); i++) assertArrayEquals(once.get(i), again.get(i));
  }

  /** The output, and the gradients of its sum by the input and all weights. */
  private static List<float[]> compute(final Engine engine, final boolean bent) {
    try (NetworkGraph network = new NetworkGraph(engine)) {
      final Layers layers = network.layers();
      final Operand<TFloat32> x = network.parameters().create("x", 1, 1, 8, 8, 8, 8);
      Operand<TFloat32> y = bend(layers, layers.convolution("down", x, 16, 3, 2, 1), bent);
      y = layers.add(y, bend(layers, layers.convolution("same", y, 16, 3, 1, 1), bent));
      y = layers.convolution("mix", y, 16, 1, 1, 1);
      y = bend(layers, layers.upsampledConvolution("up", y, 16, 1), bent);
      y = layers.convolution("head", y, 4, 1, 1, 1);
      final List<Operand<TFloat32>> weights = new ArrayList<>();
      for (final String name : network.parameters().names(""))
        weights.add(network.parameters().value(name));
      final List<Operand<TFloat32>> all = new ArrayList<>(List.of(y));
      all.addAll(network.tape().gradients(y, weights));
      network.parameters().initialise(network.session(), 3);
      final Session.Runner runner = network.session().runner();
      // What is fetched is never rewritten; what it is made from is.
      all.forEach(a -> runner.fetch(network.tf().math.neg(a)));
      final List<float[]> values = new ArrayList<>();
      try (Result result = runner.run()) {
        result.forEach(r -> values.add(Tensors.toFloats(r.getValue())));
      }
      return values;
    }
  }

  private static Operand<TFloat32> bend(
      final Layers layers, final Operand<TFloat32> x, final boolean bent) {
    return bent ? layers.activation(x) : x;
  }

  private static double difference(final float[] a, final float[] b) {
    double squares = 0, differences = 0;
    for (int i = 0; i < a.length; i++) {
      differences += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
      squares += (double) b[i] * b[i];
    }
    return squares == 0 ? Math.sqrt(differences) : Math.sqrt(differences / squares);
  }
}
