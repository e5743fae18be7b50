package org.anatomicalpriors.tensorflow;

import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * Tensors from Java arrays and imglib2 images, and back; each way copies every value once. The
 * tensor axis that varies fastest is the last one, imglib2's is the first: a tensor of shape {@code
 * (1, z, y, x, c)} and an image of dimensions {@code (c, x, y, z)} hold the same sequence.
 */
public final class Tensors {

  private Tensors() {}

  /** A float tensor of this shape holding {@code values}; the caller closes it. */
  public static TFloat32 of(final float[] values, final long... shape) {
    return TFloat32.tensorOf(Shape.of(shape), DataBuffers.of(values, true, false));
  }

  /** An unsigned byte tensor of this shape holding {@code values}; the caller closes it. */
  public static TUint8 of(final byte[] values, final long... shape) {
    return TUint8.tensorOf(Shape.of(shape), DataBuffers.of(values, true, false));
  }

  /**
   * A float tensor from an image of any type, whatever its memory layout.
   *
   * @param axes for each tensor axis, slowest first, the image axis that it takes, or -1 for an
   *     axis of length 1; every image axis once
   */
  public static TFloat32 of(
      final RandomAccessibleInterval<? extends RealType<?>> image, final int... axes) {
    final long[] shape = new long[axes.length];
    for (int i = 0; i < axes.length; i++) shape[i] = axes[i] < 0 ? 1 : image.dimension(axes[i]);
    return TFloat32.tensorOf(Shape.of(shape), t -> write(order(image, axes), t));
  }

  private static void write(
      final RandomAccessibleInterval<? extends RealType<?>> ordered, final TFloat32 tensor) {
    final FloatDataBuffer data = tensor.asRawTensor().data().asFloats();
    final Cursor<? extends RealType<?>> cursor = Views.flatIterable(ordered).cursor();
    for (long i = 0; cursor.hasNext(); i++) data.setFloat(cursor.next().getRealFloat(), i);
  }

  /** The view whose flat order is the tensor's: axes permuted so that the last comes first. */
  private static <T> RandomAccessibleInterval<T> order(
      final RandomAccessibleInterval<T> image, final int[] axes) {
    RandomAccessibleInterval<T> view = image;
    final int n = image.numDimensions();
    final int[] now = new int[n];
    for (int d = 0; d < n; d++) now[d] = d;
    int target = 0;
    for (int i = axes.length - 1; i >= 0; i--) {
      if (axes[i] < 0) continue;
      int at = target;
      while (at < n && now[at] != axes[i]) at++;
      if (at == n) throw new IllegalArgumentException("axis " + axes[i] + " occurs twice");
      if (at != target) view = Views.permute(view, target, at);
      now[at] = now[target];
      now[target++] = axes[i];
    }
    if (target != n) throw new IllegalArgumentException("not every image axis was named");
    return view;
  }

  /** The values of a float tensor in its own order. */
  public static float[] toFloats(final Tensor tensor) {
    final float[] values = new float[Math.toIntExact(tensor.shape().size())];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  /**
   * Copies the values of a float tensor, in its own order.
   *
   * @param at index of the first in {@code to}
   * @return the index after the last
   */
  public static int copy(final Tensor tensor, final float[] to, final int at) {
    final int count = Math.toIntExact(tensor.shape().size());
    tensor.asRawTensor().data().asFloats().read(to, at, count);
    return at + count;
  }

  /** The values of a float tensor in its own order, widened. */
  public static double[] toDoubles(final Tensor tensor) {
    final float[] values = toFloats(tensor);
    final double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) wide[i] = values[i];
    return wide;
  }

  /** The values of an unsigned byte tensor in its own order. */
  public static byte[] toBytes(final Tensor tensor) {
    final byte[] values = new byte[Math.toIntExact(tensor.shape().size())];
    tensor.asRawTensor().data().read(values);
    return values;
  }

  /** A float tensor as an image whose first dimension is the tensor's last axis. */
  public static ArrayImg<FloatType, FloatArray> toImage(final Tensor tensor) {
    final long[] shape = tensor.shape().asArray();
    final long[] dimensions = new long[shape.length];
    for (int d = 0; d < shape.length; d++) dimensions[d] = shape[shape.length - 1 - d];
    return ArrayImgs.floats(toFloats(tensor), dimensions);
  }
}
