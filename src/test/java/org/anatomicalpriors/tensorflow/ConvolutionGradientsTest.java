package org.anatomicalpriors.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Against TensorFlow's own adjoints, which {@link LayersTest} compares with differences. */
class ConvolutionGradientsTest {

  private final NetworkGraph network = new NetworkGraph(TestEngine.get());
  private final GradientCheck check = new GradientCheck(network);

  @AfterEach
  void close() {
    network.close();
  }

  @ParameterizedTest
  @CsvSource({
    "4, 6, 8, 3, 1, 1, 6",
    "4, 6, 8, 3, 1, 5500, 2",
    "4, 6, 8, 3, 2, 1, 3",
    "4, 8, 8, 3, 2, 2000, 2",
    "4, 8, 8, 4, 2, 1, 4",
    "4, 8, 8, 4, 2, 5000, 2",
    "4, 6, 8, 1, 2, 1, 3",
    "5, 7, 3, 3, 1, 1, 7",
    "1, 6, 8, 3, 1, 1, 6",
    "4, 6, 8, 3, 1, 1000000, 1"
  })
  void gradientsAreThoseOfTensorFlow(
      final int z,
      final int y,
      final int x,
      final int edge,
      final int stride,
      final long tile,
      final int tiles) {
    final Ops tf = network.tf();
    final long[] in = {1, z, y, x, 2},
        out = {1, of(z, stride), of(y, stride), of(x, stride), 3},
        kernel = {z == 1 ? 1 : edge, edge, edge, 2, 3};
    final List<Long> strides = List.of(1L, z == 1 ? 1L : stride, (long) stride, (long) stride, 1L);
    final Operand<TFloat32> input = check.input("x", in),
        w = check.input("w", kernel),
        dy = check.input("dy", out);
    check.randomise(1, 1);
    final ConvolutionGradients gradients = new ConvolutionGradients(tf, tile);
    final Operand<TFloat32> ofKernel = gradients.ofKernel(input, kernel, dy, strides);
    assertEquals(tiles, ((GraphOperation) ofKernel.op()).input(0).shape().get(0));
    assertSame(
        tf.nn.conv3dBackpropFilter(input, tf.constant(Layers.ints(kernel)), dy, strides, "SAME"),
        ofKernel);
    assertSame(
        tf.nn.conv3dBackpropInput(tf.constant(Layers.ints(in)), w, dy, strides, "SAME"),
        gradients.ofInput(in, w, dy, strides));
  }

  private static int of(final int size, final int stride) {
    return (size + stride - 1) / stride;
  }

  private void assertSame(final Operand<TFloat32> expected, final Operand<TFloat32> actual) {
    assertArrayEquals(Layers.shape(expected), Layers.shape(actual));
    final List<float[]> values = check.run(List.of(expected, actual));
    assertArrayEquals(values.get(0), values.get(1), 1e-4f);
  }
}
