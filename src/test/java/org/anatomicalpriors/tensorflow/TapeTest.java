package org.anatomicalpriors.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class TapeTest {

  private NetworkGraph network;
  private GradientCheck check;
  private Ops tf;
  private Tape tape;

  @BeforeEach
  void open() {
    network = new NetworkGraph(TestEngine.get());
    check = new GradientCheck(network);
    tf = network.tf();
    tape = network.tape();
  }

  @AfterEach
  void close() {
    network.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 4})
  void gradientsOfValuesUsedTwiceAreSummed(final long depth) {
    final Layers layers = network.layers();
    final Operand<TFloat32> x = check.input("x", 1, depth, 6, 4, 2);
    final Operand<TFloat32> h = layers.convolution("a", x, 2, 3, 1, 1);
    final Operand<TFloat32> inner =
        layers.convolution("b", tape.apply(in -> tf.math.tanh(in.get(0)), h), 2, 3, 1, 1);
    // h goes around the second convolution, into it, and into the product with itself.
    final Operand<TFloat32> skipped = layers.add(h, inner);
    final Operand<TFloat32> out =
        tape.apply(in -> tf.math.mul(in.get(0), in.get(1)), skipped, layers.add(h, h));
    check.randomise(5, 0.3);
    check.step(1e-2).tolerance(2e-3).check(out, "x", "a.", "b.");
  }

  @Test
  void oneValueMayBeAPartsInputTwice() {
    final Operand<TFloat32> x = check.input("x", 3);
    final Operand<TFloat32> square = tape.apply(in -> tf.math.mul(in.get(0), in.get(1)), x, x);
    final Operand<TFloat32> g = tape.gradients(square, List.of(x)).get(0);
    network.parameters().assign(network.session(), Map.of("x", new float[] {1, -2, 3}));
    assertArrayEquals(new float[] {2, -4, 6}, check.run(List.of(g)).get(0), 1e-6f);
  }

  @Test
  void gradientStopsAtWhatIsNotAskedFor() {
    final Operand<TFloat32> x = check.input("x", 2), y = check.input("y", 2);
    final Operand<TFloat32> product =
        tape.record(
            tf.math.mul(x, y),
            List.of(x, y),
            (dy, wanted) -> {
              assertTrue(wanted[0]);
              assertTrue(!wanted[1], "the gradient of y is not needed");
              return java.util.Arrays.asList(tf.math.mul(dy, y), null);
            });
    final Operand<TFloat32> g = tape.gradients(product, List.of(x)).get(0);
    network
        .parameters()
        .assign(network.session(), Map.of("x", new float[] {1, 2}, "y", new float[] {5, 7}));
    assertArrayEquals(new float[] {5, 7}, check.run(List.of(g)).get(0), 0f);
  }

  @Test
  void gradientOfAValueInTheMiddleOfTheGraph() {
    final Operand<TFloat32> x = check.input("x", 2);
    final Operand<TFloat32> h = tape.apply(in -> tf.math.square(in.get(0)), x);
    final Operand<TFloat32> y = tape.apply(in -> tf.math.square(in.get(0)), h);
    final List<Operand<TFloat32>> g = tape.gradients(y, List.of(h, x));
    network.parameters().assign(network.session(), Map.of("x", new float[] {1, 2}));
    final List<float[]> values = check.run(g);
    assertArrayEquals(new float[] {2, 8}, values.get(0), 1e-5f);
    assertArrayEquals(new float[] {4, 32}, values.get(1), 1e-5f);
  }

  @Test
  void lossThatDoesNotDependOnAVariableIsRefused() {
    final Operand<TFloat32> x = check.input("x", 2), other = check.input("other", 2);
    final Operand<TFloat32> y = tape.apply(in -> tf.math.square(in.get(0)), x);
    final String message =
        assertThrows(IllegalStateException.class, () -> tape.gradients(y, List.of(other)))
            .getMessage();
    assertTrue(message.contains("does not depend on other"), message);
  }
}
