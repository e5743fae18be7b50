package org.anatomicalpriors.tensorflow;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The kernel of a transposed convolution with stride 2 that does what repeating every voxel and
 * convolving with edge length 3 does. Along one axis voxel i stands at 2i and 2i+1, so that outputs
 * 2i-1 to 2i+2 see it through these sums of the weights w0, w1, w2: w2, w1+w2, w0+w1, w0.
 */
final class UpsamplingKernel {

  /** Edge length along axes that are doubled. */
  static final int EDGE = 4;

  private static final float[][] DOUBLED = {{0, 0, 1}, {0, 1, 1}, {1, 1, 0}, {1, 0, 0}};
  private static final float[][] KEPT = {{1}};

  private UpsamplingKernel() {}

  /**
   * @param w weights (z, y, x, from, to), of edge length 3, or 1 along axes that are kept
   * @param k shape of w
   * @return weights (z, y, x, to, from), of edge length 4 or 1, as transposed convolutions take
   *     them; recorded on the tape
   */
  static Operand<TFloat32> of(
      final Ops tf, final Tape tape, final Operand<TFloat32> w, final long[] k) {
    final float[][] sums = product(product(axis(k[0]), axis(k[1])), axis(k[2]));
    final int[] rows = {sums[0].length, (int) (k[3] * k[4])};
    final int[] kernel = new int[5];
    for (int d = 0; d < 3; d++) kernel[d] = axis(k[d]).length;
    kernel[3] = (int) k[3];
    kernel[4] = (int) k[4];
    return tape.apply(
        in ->
            tf.linalg.transpose(
                tf.reshape(
                    tf.linalg.matMul(tf.constant(sums), tf.reshape(in.get(0), tf.constant(rows))),
                    tf.constant(kernel)),
                tf.constant(new int[] {0, 1, 2, 4, 3})),
        w);
  }

  private static float[][] axis(final long edge) {
    return edge == 1 ? KEPT : DOUBLED;
  }

  /** Kronecker product. */
  private static float[][] product(final float[][] a, final float[][] b) {
    final float[][] p = new float[a.length * b.length][a[0].length * b[0].length];
    for (int i = 0; i < p.length; i++)
      for (int j = 0; j < p[i].length; j++)
        p[i][j] = a[i / b.length][j / b[0].length] * b[i % b.length][j % b[0].length];
    return p;
  }
}
