package org.anatomicalpriors.tensorflow;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The adjoint of a zero-padded convolution with respect to its kernel as products of matrices. With
 * x the input, dy the gradient of the output and stride s, the kernel's element t along an axis has
 * the gradient sum_p X[p, a] Y[p, b], where t = s b + a, X[p, a] = x[s p + a - front] and Y[p, b] =
 * dy[p - b], zero outside of the volumes. With a and b along all axes, and the channels, X^T Y is
 * one product over the places p; that both sides have several numbers for each place is what makes
 * it fast.
 *
 * <p>X and Y are written out for some planes at a time, one at least, so that they stay in a
 * processor's cache and take little memory beside that of the volumes.
 */
final class KernelProducts {

  /** Bytes of what is written out at once, if it is more than one plane. */
  static final long CACHE = 24L << 20;

  /** How x and dy meet along an axis. */
  private static final class Axis {
    final int in;
    final int out;
    final int kernel;
    final int stride;
    final int ahead; // values of a
    final int back; // values of b
    final int front; // zeros before the input

    /**
     * @param splits whether there are several b, also where the stride is 1
     */
    Axis(
        final long in, final long out, final long kernel, final long stride, final boolean splits) {
      this.in = (int) in;
      this.out = (int) out;
      this.kernel = (int) kernel;
      this.stride = (int) stride;
      final boolean both = stride > 1 || splits;
      back = both ? (int) ((kernel + stride - 1) / stride) : 1;
      ahead = both ? (int) Math.min(stride, kernel) : (int) kernel;
      front = (int) Math.max(0, (out - 1) * stride + kernel - in) / 2;
    }

    /** Places where the two sides meet. */
    int places() {
      return out + back - 1;
    }

    /** Voxels of the input, with zeros around it, that some places look at. */
    int seen(final int places) {
      return stride * (places - 1) + ahead;
    }

    /** Neighbours that always stand side by side, in places that share no voxel. */
    int run() {
      return ahead == stride ? ahead : 1;
    }

    int zerosBehind() {
      return seen(places()) - front - in;
    }
  }

  private final Ops tf;
  private final long bytes;

  /**
   * @param bytes of what is written out at once, if it is more than one plane
   */
  KernelProducts(final Ops tf, final long bytes) {
    this.tf = tf;
    this.bytes = bytes;
  }

  /**
   * Whether there are products for such a convolution: its kernel skips no voxel.
   *
   * @param k shape of the kernel
   */
  static boolean apply(final long[] k, final List<Long> strides) {
    for (int d = 0; d < 3; d++) if (k[d] < strides.get(d + 1)) return false;
    return true;
  }

  /**
   * @param x the input, (1, z, y, x, from)
   * @param k shape of the kernel, (z, y, x, from, to)
   * @param dy gradient of the output
   */
  Operand<TFloat32> of(
      final Operand<TFloat32> x,
      final long[] k,
      final Operand<TFloat32> dy,
      final List<Long> strides) {
    // Of a slice, whose numbers stand in the same order, rows are the planes.
    final int[] order = Layers.shape(x)[1] == 1 ? new int[] {1, 0, 2} : new int[] {0, 1, 2};
    final int[] in = volume(x, order), out = volume(dy, order);
    final Axis[] axes = new Axis[3];
    for (int d = 0; d < 3; d++)
      axes[d] = new Axis(in[d], out[d], k[order[d]], strides.get(order[d] + 1), d == 0);
    final int from = (int) k[3], to = (int) k[4];
    final Operand<TFloat32> input = tf.reshape(x, tf.constant(in)),
        gradient = tf.reshape(dy, tf.constant(out));
    final int planes = planes(axes, from, to), all = axes[0].places();
    Operand<TFloat32> sum = null;
    Operand<TInt32> rows = null;
    int before = 0;
    for (int first = 0; first < all; first += planes) {
      final int n = Math.min(planes, all - first);
      // One after another: TensorFlow would write out all of them first.
      final Ops late = sum == null ? tf : tf.withControlDependencies(List.of(sum));
      if (n != before) rows = tf.constant(rows(axes, n));
      before = n;
      final Operand<TFloat32> product =
          tf.linalg.matMul(
              ahead(late, input, axes, first, n, rows),
              back(late, gradient, axes, first, n),
              MatMul.transposeA(true));
      sum = sum == null ? product : tf.math.add(sum, product);
    }
    return tf.reshape(kernel(sum, axes, from, to), tf.constant(Layers.ints(k)));
  }

  /** Its shape without the first axis, the others up to the channels in another order. */
  private static int[] volume(final Operand<TFloat32> x, final int[] order) {
    final int[] s = Layers.ints(Layers.shape(x));
    return new int[] {s[order[0] + 1], s[order[1] + 1], s[order[2] + 1], s[4]};
  }

  private int planes(final Axis[] axes, final int from, final int to) {
    long row = (long) axes[1].places() * axes[2].places() * Float.BYTES;
    row *= (long) from * ahead(axes) + (long) to * back(axes);
    return (int) Math.max(1, Math.min(axes[0].places(), bytes / row));
  }

  private static int ahead(final Axis[] axes) {
    return axes[0].ahead * axes[1].ahead * axes[2].ahead;
  }

  private static int back(final Axis[] axes) {
    return axes[0].back * axes[1].back * axes[2].back;
  }

  /** X at some planes of places, (places, ahead * from). */
  private Operand<TFloat32> ahead(
      final Ops late,
      final Operand<TFloat32> input,
      final Axis[] axes,
      final int first,
      final int planes,
      final Operand<TInt32> rows) {
    final int[][] around = new int[4][2];
    for (int d = 1; d < 3; d++) around[d] = new int[] {axes[d].front, axes[d].zerosBehind()};
    final int start = first * axes[0].stride - axes[0].front;
    final Operand<TFloat32> seen = planes(late, input, start, start + axes[0].seen(planes), around);
    final int from = (int) Layers.shape(seen)[3];
    final int places = planes * axes[1].places() * axes[2].places();
    return tf.reshape(
        tf.gather(
            tf.reshape(seen, tf.constant(new int[] {-1, axes[2].run() * from})),
            rows,
            tf.constant(0)),
        tf.constant(new int[] {places, ahead(axes) * from}));
  }

  /** Where each place's runs of voxels stand among those that some planes see. */
  private static int[] rows(final Axis[] axes, final int planes) {
    final int ny = axes[1].seen(axes[1].places()), nx = axes[2].seen(axes[2].places());
    final int run = axes[2].run();
    final int[] rows = new int[planes * axes[1].places() * axes[2].places() * ahead(axes) / run];
    int i = 0;
    for (int z = 0; z < planes; z++)
      for (int y = 0; y < axes[1].places(); y++)
        for (int x = 0; x < axes[2].places(); x++)
          for (int a = 0; a < axes[0].ahead; a++)
            for (int b = 0; b < axes[1].ahead; b++)
              for (int c = 0; c < axes[2].ahead; c += run)
                rows[i++] =
                    (((z * axes[0].stride + a) * ny + y * axes[1].stride + b) * nx
                            + x * axes[2].stride
                            + c)
                        / run;
    return rows;
  }

  /** Y at some planes of places, (places, back * to). */
  private Operand<TFloat32> back(
      final Ops late,
      final Operand<TFloat32> gradient,
      final Axis[] axes,
      final int first,
      final int planes) {
    final List<Operand<TFloat32>> shifted = new ArrayList<>();
    for (int a = 0; a < axes[0].back; a++)
      for (int b = 0; b < axes[1].back; b++)
        for (int c = 0; c < axes[2].back; c++)
          shifted.add(
              planes(
                  late,
                  gradient,
                  first - a,
                  first - a + planes,
                  new int[][] {
                    {0, 0}, {b, axes[1].back - 1 - b}, {c, axes[2].back - 1 - c}, {0, 0}
                  }));
    final int to = (int) Layers.shape(gradient)[3];
    return tf.reshape(
        shifted.size() == 1 ? shifted.get(0) : tf.concat(shifted, tf.constant(3)),
        tf.constant(new int[] {planes * axes[1].places() * axes[2].places(), back(axes) * to}));
  }

  /**
   * Some planes of a volume, zeros where it has none.
   *
   * @param around zeros around them along the other axes
   */
  private Operand<TFloat32> planes(
      final Ops late,
      final Operand<TFloat32> volume,
      final int from,
      final int to,
      final int[][] around) {
    final long[] s = Layers.shape(volume);
    final int a = (int) Math.max(0, Math.min(s[0], from)),
        b = (int) Math.max(a, Math.min(s[0], to));
    final int before = a == b ? 0 : a - from;
    around[0] = new int[] {before, to - from - before - (b - a)};
    final Operand<TFloat32> some =
        tf.slice(
            volume,
            tf.constant(new long[] {a, 0, 0, 0}),
            tf.constant(new long[] {b - a, s[1], s[2], s[3]}));
    return late.pad(some, tf.constant(around), tf.constant(0f));
  }

  /** What the products add up to, in the kernel's order. */
  private Operand<TFloat32> kernel(
      final Operand<TFloat32> sum, final Axis[] axes, final int from, final int to) {
    final int[] split = {
      axes[0].ahead,
      axes[1].ahead,
      axes[2].ahead,
      from,
      axes[0].back,
      axes[1].back,
      axes[2].back,
      to
    };
    final Operand<TFloat32> ordered =
        tf.linalg.transpose(
            tf.reshape(sum, tf.constant(split)), tf.constant(new int[] {4, 0, 5, 1, 6, 2, 3, 7}));
    final int[] whole = new int[5], part = new int[5];
    for (int d = 0; d < 3; d++) {
      whole[d] = axes[d].back * axes[d].ahead;
      part[d] = axes[d].kernel;
    }
    whole[3] = part[3] = from;
    whole[4] = part[4] = to;
    return tf.slice(
        tf.reshape(ordered, tf.constant(whole)), tf.constant(new int[5]), tf.constant(part));
  }
}
