package org.anatomicalpriors.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class LayersTest {

  /** Linear layers: nothing is lost by moving far, so that rounding hardly counts. */
  private static final double FAR = 0.5;

  private NetworkGraph network;
  private GradientCheck check;

  @BeforeEach
  void open() {
    network = new NetworkGraph(TestEngine.get());
    check = new GradientCheck(network);
  }

  @AfterEach
  void close() {
    network.close();
  }

  @ParameterizedTest
  @CsvSource({
    "4, 6, 4, 3, 1",
    "4, 6, 4, 3, 2",
    "4, 6, 4, 1, 1",
    "1, 6, 4, 3, 1",
    "1, 6, 4, 3, 2",
    "1, 6, 4, 1, 1",
    "5, 3, 1, 3, 2",
    "4, 2, 6, 5, 1",
    "4, 6, 4, 1, 2"
  })
  void gradientsOfConvolutionsAgreeWithDifferences(
      final long z, final long y, final long x, final int kernel, final int stride) {
    final Operand<TFloat32> in = check.input("x", 1, z, y, x, 2);
    final Operand<TFloat32> out = network.layers().convolution("c", in, 3, kernel, stride, 1);
    assertArrayEquals(
        new long[] {1, scaled(z, stride), scaled(y, stride), scaled(x, stride), 3},
        Layers.shape(out));
    check.randomise(1, 1);
    check.step(FAR).tolerance(1e-4).check(out, "x", "c.kernel", "c.bias");
  }

  private static long scaled(final long size, final int stride) {
    return size == 1 ? 1 : (size + stride - 1) / stride;
  }

  @ParameterizedTest
  @CsvSource({"4, 6, 4", "1, 6, 4", "1, 1, 4"})
  void gradientsOfUpsampledConvolutionsAgreeWithDifferences(
      final long z, final long y, final long x) {
    final Operand<TFloat32> in = check.input("x", 1, z, y, x, 2);
    final Operand<TFloat32> out = network.layers().upsampledConvolution("c", in, 3, 1);
    check.randomise(2, 1);
    check.step(FAR).tolerance(1e-4).check(out, "x", "c.kernel", "c.bias");
  }

  @Test
  void gradientsOfDenseLayersAgreeWithDifferences() {
    final Operand<TFloat32> in = check.input("x", 1, 2, 3, 1, 2);
    final Operand<TFloat32> out =
        network.layers().dense("d", network.layers().reshape(in, 1, 12), 5, 1);
    check.randomise(3, 1);
    check.step(FAR).tolerance(1e-4).check(out, "x", "d.kernel", "d.bias");
  }

  @Test
  void gradientsOfActivationsAndSumsAgreeWithDifferences() {
    final Operand<TFloat32> a = check.input("a", 1, 2, 3, 2, 2);
    final Operand<TFloat32> b = check.input("b", 1, 2, 3, 2, 2);
    final Operand<TFloat32> out = network.layers().add(network.layers().activation(a), b);
    check.randomise(4, 3);
    check.step(1e-3).tolerance(1e-3).check(out, "a", "b");
  }

  @Test
  void activationKeepsAFifthOfNegativeValues() {
    final Operand<TFloat32> x = check.input("x", 4);
    final Operand<TFloat32> y = network.layers().activation(x);
    set("x", -10, -1, 0, 2);
    assertArrayEquals(new float[] {-2, -0.2f, 0, 2}, value(y), 1e-6f);
  }

  @ParameterizedTest
  @CsvSource({"4, 6, 4", "1, 6, 4", "1, 1, 4"})
  void upsampledConvolutionConvolvesRepeatedVoxels(final int z, final int y, final int x) {
    final int[] f = {z == 1 ? 1 : 2, y == 1 ? 1 : 2, 2};
    final Operand<TFloat32> coarse = check.input("coarse", 1, z, y, x, 2);
    final Operand<TFloat32> fine = check.input("fine", 1, f[0] * z, f[1] * y, f[2] * x, 2);
    final Operand<TFloat32> upsampled = network.layers().upsampledConvolution("u", coarse, 3, 1);
    final Operand<TFloat32> plain = network.layers().convolution("c", fine, 3, 3, 1, 1);
    check.randomise(5, 1);
    final float[] values = network.parameters().read(network.session(), "coarse").get("coarse");
    final float[] repeated = new float[f[0] * z * f[1] * y * f[2] * x * 2];
    for (int i = 0; i < repeated.length; i++) {
      final int voxel = i / 2, row = voxel / (f[2] * x), slice = row / (f[1] * y);
      final int atX = voxel % (f[2] * x) / f[2], atY = row % (f[1] * y) / f[1];
      repeated[i] = values[((slice / f[0] * y + atY) * x + atX) * 2 + i % 2];
    }
    set("fine", repeated);
    final Map<String, float[]> weights = network.parameters().read(network.session(), "u.");
    set("c.kernel", weights.get("u.kernel"));
    set("c.bias", weights.get("u.bias"));
    assertArrayEquals(Layers.shape(plain), Layers.shape(upsampled));
    assertArrayEquals(value(plain), value(upsampled), 1e-5f);
  }

  @Test
  void convolutionSumsNeighboursAndPadsWithZeros() {
    final Operand<TFloat32> y =
        network.layers().convolution("c", check.input("x", 1, 1, 1, 4, 1), 1, 3, 1, 1);
    set("x", 1, 2, 3, 4);
    assertEquals(3, network.parameters().shape("c.kernel").size());
    set("c.kernel", 1, 10, 100);
    set("c.bias", 0.5f);
    assertArrayEquals(new float[] {210.5f, 321.5f, 432.5f, 43.5f}, value(y), 1e-4f);
  }

  @Test
  void pointwiseConvolutionIsTheGeneralOneWithKernelOne() {
    final Operand<TFloat32> y =
        network.layers().convolution("c", check.input("x", 1, 1, 1, 2, 2), 2, 1, 1, 1);
    set("x", 1, 2, 3, 4);
    set("c.kernel", 1, 10, 100, 1000);
    set("c.bias", 0, 1);
    assertArrayEquals(new float[] {201, 2011, 403, 4031}, value(y), 1e-3f);
  }

  private void set(final String name, final float... values) {
    network.parameters().assign(network.session(), Map.of(name, values));
  }

  private float[] value(final Operand<TFloat32> y) {
    return check.run(List.of(y)).get(0);
  }
}
