package org.anatomicalpriors.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  private Operand<TFloat32> input;
  private Operand<TFloat32> w;
  private Operand<TFloat32> dy;
  private long[] in;
  private long[] kernel;
  private List<Long> strides;

  private void convolution(
      final int z, final int y, final int x, final int edge, final int stride) {
    in = new long[] {1, z, y, x, 2};
    kernel = new long[] {z == 1 ? 1 : edge, edge, edge, 2, 3};
    strides = List.of(1L, z == 1 ? 1L : stride, (long) stride, (long) stride, 1L);
    input = check.input("x", in);
    w = check.input("w", kernel);
    dy = check.input("dy", 1, of(z, strides.get(1).intValue()), of(y, stride), of(x, stride), 3);
    check.randomise(1, 1);
  }

  private Operand<TFloat32> ofKernel() {
    return network
        .tf()
        .nn
        .conv3dBackpropFilter(
            input, network.tf().constant(Layers.ints(kernel)), dy, strides, "SAME");
  }

  @ParameterizedTest
  @CsvSource({
    "4, 6, 8, 3, 1",
    "4, 6, 8, 3, 2",
    "4, 8, 6, 4, 2",
    "4, 8, 8, 2, 2",
    "5, 7, 3, 3, 1",
    "5, 7, 3, 3, 2",
    "4, 6, 8, 4, 1",
    "1, 6, 8, 3, 1",
    "1, 6, 8, 4, 2"
  })
  void productsAreTheGradientWithRespectToTheKernel(
      final int z, final int y, final int x, final int edge, final int stride) {
    convolution(z, y, x, edge, stride);
    assertTrue(KernelProducts.apply(kernel, strides));
    for (final long bytes : new long[] {1, 20_000, 1_000_000})
      assertSame(
          ofKernel(), new KernelProducts(network.tf(), bytes).of(input, kernel, dy, strides));
  }

  @ParameterizedTest
  @CsvSource({"4, 6, 8, 3, 1", "4, 6, 8, 3, 2", "4, 8, 8, 4, 2", "4, 6, 8, 1, 2", "1, 6, 8, 3, 1"})
  void gradientsAreThoseOfTensorFlow(
      final int z, final int y, final int x, final int edge, final int stride) {
    final Ops tf = network.tf();
    convolution(z, y, x, edge, stride);
    for (final boolean own : new boolean[] {true, false}) {
      final ConvolutionGradients gradients = new ConvolutionGradients(tf, own);
      assertSame(ofKernel(), gradients.ofKernel(input, kernel, dy, strides));
      assertSame(
          tf.nn.conv3dBackpropInput(tf.constant(Layers.ints(in)), w, dy, strides, "SAME"),
          gradients.ofInput(in, w, dy, strides));
    }
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
