package org.anatomicalpriors.tensorflow;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Adjoints of zero-padded convolutions. Shapes are static: volumes (1, z, y, x, channels), kernels
 * (z, y, x, from, to).
 *
 * <p>TensorFlow computes them by a library (oneDNN, or a GPU's), which needs no help, or by
 * routines of its own, which write out what every weight is multiplied with: at the finest level of
 * a 2 mm brain 1.4 GB at once. In place of these, other forms of the same sums are taken: for the
 * adjoint with respect to the input, if the stride is 1, a convolution with the kernel turned
 * round, for that with respect to the kernel {@link KernelProducts}.
 */
final class ConvolutionGradients {

  private final Ops tf;
  private final boolean ownRoutines;
  private final KernelProducts products;

  /**
   * @param ownRoutines whether TensorFlow convolves by routines of its own
   */
  ConvolutionGradients(final Ops tf, final boolean ownRoutines) {
    this.tf = tf;
    this.ownRoutines = ownRoutines;
    products = new KernelProducts(tf, KernelProducts.CACHE);
  }

  /**
   * With respect to the input.
   *
   * @param in shape of the input
   */
  Operand<TFloat32> ofInput(
      final long[] in,
      final Operand<TFloat32> w,
      final Operand<TFloat32> dy,
      final List<Long> strides) {
    final long[] k = Layers.shape(w);
    final boolean turns =
        ownRoutines
            && strides.stream().allMatch(s -> s == 1)
            && k[0] % 2 + k[1] % 2 + k[2] % 2 == 3;
    if (!turns)
      return tf.nn.conv3dBackpropInput(tf.constant(Layers.ints(in)), w, dy, strides, "SAME");
    final Operand<TFloat32> turned =
        tf.linalg.transpose(
            tf.reverse(w, tf.constant(new int[] {0, 1, 2})),
            tf.constant(new int[] {0, 1, 2, 4, 3}));
    return tf.nn.conv3d(dy, turned, strides, "SAME");
  }

  /**
   * With respect to the kernel.
   *
   * @param x the input
   * @param k shape of the kernel
   */
  Operand<TFloat32> ofKernel(
      final Operand<TFloat32> x,
      final long[] k,
      final Operand<TFloat32> dy,
      final List<Long> strides) {
    return ownRoutines && KernelProducts.apply(k, strides)
        ? products.of(x, k, dy, strides)
        : tf.nn.conv3dBackpropFilter(x, tf.constant(Layers.ints(k)), dy, strides, "SAME");
  }
}
