package org.anatomicalpriors.tensorflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.data.LeakyReluGrad;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;

/**
 * The layers of which networks are built, recorded on a {@link Tape}. Shapes are static: (1, z, y,
 * x, channels). An axis of length 1 is never convolved or scaled, so 2D is a grid of depth one.
 */
public final class Layers {

  private static final float LEAK = 0.2f;

  private final Ops tf;
  private final Tape tape;
  private final Parameters parameters;
  private final ConvolutionGradients gradients;
  private double operations;

  Layers(
      final Ops tf,
      final Tape tape,
      final Parameters parameters,
      final ConvolutionGradients gradients) {
    this.tf = tf;
    this.tape = tape;
    this.parameters = parameters;
    this.gradients = gradients;
  }

  /**
   * Convolution with bias, zero-padded to keep the size (divided by the stride).
   *
   * @param kernel edge length of the kernel, 1 on axes of length 1
   * @param stride 1 or 2, 1 on axes of length 1
   * @param gain factor on the usual random start (He et al. 2015, eq. 14); 0 starts the layer at
   *     zero
   */
  public Operand<TFloat32> convolution(
      final String name,
      final Operand<TFloat32> x,
      final int channels,
      final int kernel,
      final int stride,
      final double gain) {
    final long[] in = shape(x);
    final long[] k = new long[5];
    final List<Long> strides = new ArrayList<>(List.of(1L));
    for (int d = 0; d < 3; d++) {
      k[d] = in[d + 1] == 1 ? 1 : kernel;
      strides.add(in[d + 1] == 1 ? 1L : stride);
    }
    strides.add(1L);
    k[3] = in[4];
    k[4] = channels;
    final Operand<TFloat32> w = parameter(name + ".kernel", deviation(k, gain), k);
    final Operand<TFloat32> b = parameter(name + ".bias", 0, channels);
    final boolean pointwise = k[0] * k[1] * k[2] == 1 && strides.stream().allMatch(s -> s == 1);
    return bias(pointwise ? pointwise(x, w, in, k) : convolve(x, w, in, k, strides), b);
  }

  /** A new parameter, or the one of before where a block is built again. */
  private Operand<TFloat32> parameter(
      final String name, final double deviation, final long... shape) {
    return tape.isAgain() ? parameters.value(name) : parameters.create(name, deviation, shape);
  }

  private static double deviation(final long[] k, final double gain) {
    return gain * Math.sqrt(2.0 / ((1 + LEAK * LEAK) * k[0] * k[1] * k[2] * k[3]));
  }

  /**
   * Floating-point operations of the convolutions built so far (a multiplication and an addition
   * are two), with those of their adjoints once these are built.
   */
  public double operations() {
    return operations;
  }

  /**
   * Books passes over a convolution: forward, to its input or to its kernel.
   *
   * @param y what each weight of the kernel is multiplied with: its output, or the input of a
   *     transposed one
   */
  private void count(final int passes, final Operand<TFloat32> y, final long[] k) {
    final long[] out = shape(y);
    operations += passes * 2.0 * out[1] * out[2] * out[3] * k[0] * k[1] * k[2] * k[3] * k[4];
  }

  private static int passes(final boolean[] wanted) {
    return (wanted[0] ? 1 : 0) + (wanted[1] ? 1 : 0);
  }

  private Operand<TFloat32> convolve(
      final Operand<TFloat32> x,
      final Operand<TFloat32> w,
      final long[] in,
      final long[] k,
      final List<Long> strides) {
    final Operand<TFloat32> y = tf.nn.conv3d(x, w, strides, "SAME");
    count(1, y, k);
    return tape.record(
        y,
        List.of(x, w),
        (dy, wanted) -> {
          count(passes(wanted), y, k);
          return Arrays.asList(
              wanted[0] ? gradients.ofInput(in, w, dy, strides) : null,
              wanted[1] ? gradients.ofKernel(x, k, dy, strides) : null);
        });
  }

  /** A 1x1x1 convolution is one matrix product. */
  private Operand<TFloat32> pointwise(
      final Operand<TFloat32> x, final Operand<TFloat32> w, final long[] in, final long[] k) {
    final int[] rows = {-1, (int) k[3]};
    final int[] out = {1, (int) in[1], (int) in[2], (int) in[3], (int) k[4]};
    final Operand<TFloat32> matrix = tf.reshape(w, tf.constant(new int[] {(int) k[3], (int) k[4]}));
    final Operand<TFloat32> flat = tf.reshape(x, tf.constant(rows));
    final Operand<TFloat32> y = tf.reshape(tf.linalg.matMul(flat, matrix), tf.constant(out));
    count(1, y, k);
    return tape.record(
        y,
        List.of(x, w),
        (dy, wanted) -> {
          count(passes(wanted), y, k);
          final Operand<TFloat32> d = tf.reshape(dy, tf.constant(new int[] {-1, (int) k[4]}));
          return Arrays.asList(
              wanted[0]
                  ? tf.reshape(
                      tf.linalg.matMul(d, matrix, MatMul.transposeB(true)), tf.constant(ints(in)))
                  : null,
              wanted[1]
                  ? tf.reshape(
                      tf.linalg.matMul(flat, d, MatMul.transposeA(true)), tf.constant(ints(k)))
                  : null);
        });
  }

  private Operand<TFloat32> bias(final Operand<TFloat32> x, final Operand<TFloat32> b) {
    return tape.record(
        tf.nn.biasAdd(x, b),
        List.of(x, b),
        (dy, wanted) -> Arrays.asList(dy, wanted[1] ? columnSums(dy) : null));
  }

  /** Sums per channel, as a product with a row of ones: faster than BiasAddGrad. */
  private Operand<TFloat32> columnSums(final Operand<TFloat32> x) {
    final long[] s = shape(x);
    final int channels = (int) s[s.length - 1],
        rows = (int) (x.asOutput().shape().size() / channels);
    final Operand<TFloat32> ones = tf.fill(tf.constant(new int[] {1, rows}), tf.constant(1f));
    return tf.reshape(
        tf.linalg.matMul(ones, tf.reshape(x, tf.constant(new int[] {rows, channels}))),
        tf.constant(new int[] {channels}));
  }

  /**
   * Leaky rectifier with slope 0.2 for negative values. Its adjoint looks at the output, which has
   * the input's signs: the input need not be kept, and TensorFlow can make one operation of a
   * convolution and its activation.
   */
  public Operand<TFloat32> activation(final Operand<TFloat32> x) {
    final Operand<TFloat32> y = tf.nn.leakyRelu(x, LeakyRelu.alpha(LEAK));
    return tape.record(
        y,
        List.of(x),
        (dy, wanted) -> List.of(tf.data.leakyReluGrad(dy, y, LeakyReluGrad.alpha(LEAK))));
  }

  public Operand<TFloat32> add(final Operand<TFloat32> a, final Operand<TFloat32> b) {
    return tape.record(tf.math.add(a, b), List.of(a, b), (dy, wanted) -> List.of(dy, dy));
  }

  /**
   * Doubles every axis longer than 1 by repeating voxels, then convolves as {@link #convolution}
   * with a kernel of edge length 3. As repeated voxels meet several weights of the kernel, this is
   * a transposed convolution with sums of these weights, which takes less than a third of the
   * operations.
   */
  public Operand<TFloat32> upsampledConvolution(
      final String name, final Operand<TFloat32> x, final int channels, final double gain) {
    final long[] in = shape(x);
    final long[] out = in.clone();
    final long[] k = {1, 1, 1, in[4], channels};
    final long[] sums = {1, 1, 1, channels, in[4]};
    final List<Long> strides = new ArrayList<>(List.of(1L));
    for (int d = 0; d < 3; d++) {
      final boolean doubled = in[d + 1] > 1;
      if (doubled) {
        out[d + 1] *= 2;
        k[d] = 3;
        sums[d] = UpsamplingKernel.EDGE;
      }
      strides.add(doubled ? 2L : 1L);
    }
    strides.add(1L);
    out[4] = channels;
    final Operand<TFloat32> w = parameter(name + ".kernel", deviation(k, gain), k);
    final Operand<TFloat32> b = parameter(name + ".bias", 0, channels);
    return bias(transposed(x, UpsamplingKernel.of(tf, tape, w, k), in, out, sums, strides), b);
  }

  private Operand<TFloat32> transposed(
      final Operand<TFloat32> x,
      final Operand<TFloat32> w,
      final long[] in,
      final long[] out,
      final long[] k,
      final List<Long> strides) {
    final Operand<TFloat32> y =
        tf.nn.conv3dBackpropInput(tf.constant(ints(out)), w, x, strides, "SAME");
    count(1, x, k);
    return tape.record(
        y,
        List.of(x, w),
        (dy, wanted) -> {
          count(passes(wanted), x, k);
          return Arrays.asList(
              wanted[0] ? tf.nn.conv3d(dy, w, strides, "SAME") : null,
              wanted[1] ? gradients.ofKernel(dy, k, x, strides) : null);
        });
  }

  /** Fully connected layer on a (1, n) input. */
  public Operand<TFloat32> dense(
      final String name, final Operand<TFloat32> x, final int size, final double gain) {
    final long n = shape(x)[1];
    final Operand<TFloat32> w = parameter(name + ".kernel", gain * Math.sqrt(1.0 / n), n, size);
    final Operand<TFloat32> b = parameter(name + ".bias", 0, size);
    return tape.apply(
        in -> tf.nn.biasAdd(tf.linalg.matMul(in.get(0), in.get(1)), in.get(2)), x, w, b);
  }

  public Operand<TFloat32> reshape(final Operand<TFloat32> x, final long... shape) {
    return tape.apply(in -> tf.reshape(in.get(0), tf.constant(ints(shape))), x);
  }

  /**
   * Some slices along an axis; all of {@code x} if these are all.
   *
   * @param axis which one, from 0
   * @param from first slice
   * @param to the one after the last
   */
  public Operand<TFloat32> slices(
      final Operand<TFloat32> x, final int axis, final long from, final long to) {
    final long[] s = shape(x);
    if (from == 0 && to == s[axis]) return x;
    final long[] begin = new long[s.length], size = s.clone();
    final long[][] around = new long[s.length][2];
    begin[axis] = from;
    size[axis] = to - from;
    around[axis] = new long[] {from, s[axis] - to};
    return tape.record(
        tf.slice(tape.late(x), tf.constant(begin), tf.constant(size)),
        List.of(x),
        (dy, wanted) -> List.of(tf.pad(dy, tf.constant(around), tf.constant(0f))));
  }

  /** Parts one after another along an axis. */
  public Operand<TFloat32> joined(final List<Operand<TFloat32>> parts, final int axis) {
    return tape.record(
        tf.concat(parts, tf.constant(axis)),
        parts,
        (dy, wanted) -> {
          final List<Operand<TFloat32>> all = new ArrayList<>();
          final long[] begin = new long[shape(dy).length];
          for (final Operand<TFloat32> part : parts) {
            all.add(tf.slice(dy, tf.constant(begin.clone()), tf.constant(shape(part))));
            begin[axis] += shape(part)[axis];
          }
          return all;
        });
  }

  public static long[] shape(final Operand<TFloat32> x) {
    return x.asOutput().shape().asArray();
  }

  /** Of a shape, for TensorFlow's constants. */
  static int[] ints(final long[] values) {
    return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
  }
}
