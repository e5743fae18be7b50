package org.anatomicalpriors.tensorflow;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Adjoints of zero-padded convolutions. Shapes are static: volumes (1, z, y, x, channels), kernels
 * (z, y, x, from, to).
 *
 * <p>TensorFlow computes them by oneDNN, which needs no help, or by routines of its own, which
 * write out what every weight is multiplied with: at the finest level of a 2 mm brain 1.4 GB at
 * once. These are helped by other forms of the same sums: the adjoint with respect to the input is
 * a convolution with the kernel turned round, and that with respect to the kernel is taken of
 * tiles, as a batch of small volumes.
 */
final class ConvolutionGradients {

  /** Bytes for TensorFlow's own routines: about what a core's cache holds. */
  static final long OWN_ROUTINES = 1L << 20;

  /** For oneDNN and GPUs: everything as it is. */
  static final long LIBRARY = Long.MAX_VALUE;

  private final Ops tf;
  private final long tile;

  /**
   * @param tile bytes to which a tile of a volume is written out at most, if it has several rows
   */
  ConvolutionGradients(final Ops tf, final long tile) {
    this.tf = tf;
    this.tile = tile;
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
        tile != LIBRARY
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
    final long[] out = Layers.shape(dy);
    final int rows = rowsOfTile(k, out);
    if (rows == out[2])
      return tf.nn.conv3dBackpropFilter(x, tf.constant(Layers.ints(k)), dy, strides, "SAME");
    final int seen = (int) ((rows - 1) * strides.get(2) + k[1]);
    return tf.nn.conv3dBackpropFilter(
        tiles(padded(x, k, out, strides), (int) out[2] / rows, rows * strides.get(2), seen),
        tf.constant(Layers.ints(k)),
        tiles(dy, (int) out[2] / rows, rows, rows),
        strides,
        "VALID");
  }

  /** As many as divide the volume's and fit; one at least. */
  private int rowsOfTile(final long[] k, final long[] out) {
    final long row = out[3] * k[0] * k[1] * k[2] * k[3] * Float.BYTES;
    int rows = (int) Math.max(1, Math.min(out[2], tile / row));
    while (out[2] % rows != 0) rows--;
    return rows;
  }

  /** With the zeros that TensorFlow's padding SAME stands for. */
  private Operand<TFloat32> padded(
      final Operand<TFloat32> x, final long[] k, final long[] out, final List<Long> strides) {
    final long[] in = Layers.shape(x);
    final int[][] around = new int[5][2];
    for (int d = 1; d < 4; d++) {
      final long zeros = Math.max(0, (out[d] - 1) * strides.get(d) + k[d - 1] - in[d]);
      around[d] = new int[] {(int) (zeros / 2), (int) (zeros - zeros / 2)};
    }
    return tf.pad(x, tf.constant(around), tf.constant(0f));
  }

  /**
   * A batch of tiles of a volume.
   *
   * @param step rows from a tile's first to the next one's
   * @param rows of a tile
   */
  private Operand<TFloat32> tiles(
      final Operand<TFloat32> x, final int count, final long step, final int rows) {
    final long[] s = Layers.shape(x);
    final int slices = (int) s[1];
    final int[] which = new int[count * slices * rows];
    int i = 0;
    for (int t = 0; t < count; t++)
      for (int z = 0; z < slices; z++)
        for (int r = 0; r < rows; r++) which[i++] = (int) (z * s[2] + t * step + r);
    final int[] matrix = {(int) (s[1] * s[2]), (int) (s[3] * s[4])};
    return tf.reshape(
        tf.gather(tf.reshape(x, tf.constant(matrix)), tf.constant(which), tf.constant(0)),
        tf.constant(new int[] {count, slices, rows, (int) s[3], (int) s[4]}));
  }
}
