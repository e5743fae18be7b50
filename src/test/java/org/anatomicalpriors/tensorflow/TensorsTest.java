package org.anatomicalpriors.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.cell.CellImgFactory;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.ShortType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

class TensorsTest {

  @BeforeAll
  static void start() {
    TestEngine.get();
  }

  @Test
  void arraysComeBackAsTheyWere() {
    final float[] f = {1, -2.5f, Float.NaN, Float.POSITIVE_INFINITY, 0, 6};
    try (TFloat32 t = Tensors.of(f, 1, 3, 2)) {
      assertArrayEquals(new long[] {1, 3, 2}, t.shape().asArray());
      assertArrayEquals(f, Tensors.toFloats(t), 0f);
      assertEquals(-2.5f, t.getFloat(0, 0, 1));
    }
    final byte[] b = {0, 1, 127, -128, -1, 5};
    try (TUint8 t = Tensors.of(b, 2, 3)) {
      assertArrayEquals(b, Tensors.toBytes(t));
    }
    try (TFloat32 scalar = Tensors.of(new float[] {3})) {
      assertArrayEquals(new float[] {3}, Tensors.toFloats(scalar), 0f);
    }
  }

  @Test
  void everyOrderOfAxesOfAThreeDimensionalImage() {
    for (final int[] axes : permutations(3)) checkOrder(numbered(2, 3, 4), axes);
  }

  @Test
  void everyOrderOfAxesOfAFourDimensionalImage() {
    for (final int[] axes : permutations(4)) checkOrder(numbered(2, 3, 4, 5), axes);
  }

  @Test
  void viewsAreReadAsTheyLook() {
    final Img<FloatType> img = numbered(4, 3, 5);
    final List<RandomAccessibleInterval<FloatType>> views =
        List.of(
            Views.permute(img, 0, 2),
            Views.zeroMin(Views.invertAxis(img, 1)),
            Views.interval(img, new long[] {1, 0, 2}, new long[] {3, 1, 4}),
            Views.subsample(img, 2, 1, 2),
            Views.rotate(img, 0, 1),
            Views.translate(img, 5, -3, 1));
    for (final RandomAccessibleInterval<FloatType> view : views)
      for (final int[] axes : permutations(3)) checkOrder(view, axes);
  }

  @Test
  void imagesNeedNotBeArraysOrFloats() {
    final Img<FloatType> cells = new CellImgFactory<>(new FloatType(), 2, 3, 1).create(5, 4, 3);
    final Img<ShortType> planes = PlanarImgs.shorts(5, 4, 3);
    int i = 0;
    for (final FloatType t : Views.flatIterable(cells)) t.set(i++);
    for (final ShortType t : Views.flatIterable(planes)) t.set((short) -i++);
    for (final int[] axes : permutations(3)) {
      checkOrder(cells, axes);
      checkOrder(planes, axes);
    }
  }

  @Test
  void axesOfLengthOneAreAdded() {
    final Img<FloatType> img = numbered(3, 2);
    try (TFloat32 t = Tensors.of(img, -1, 1, 0, -1)) {
      assertArrayEquals(new long[] {1, 2, 3, 1}, t.shape().asArray());
      assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, Tensors.toFloats(t), 0f);
    }
  }

  @Test
  void axesMustBeNamedOnceEach() {
    final Img<FloatType> img = numbered(3, 2, 2);
    assertThrows(IllegalArgumentException.class, () -> Tensors.of(img, 0, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> Tensors.of(img, 0, 1));
  }

  @Test
  void tensorsBecomeImagesInTheSameSequence() {
    try (TFloat32 t = Tensors.of(numbered(4, 3, 2), 2, 1, 0)) {
      final RandomAccessibleInterval<FloatType> back = Tensors.toImage(t);
      assertArrayEquals(new long[] {4, 3, 2}, back.dimensionsAsLongArray());
      assertEquals(12 + 4 + 3, back.getAt(3, 1, 1).get());
    }
  }

  private static Img<FloatType> numbered(final long... dimensions) {
    final Img<FloatType> img = ArrayImgs.floats(dimensions);
    int i = 0;
    for (final FloatType t : Views.flatIterable(img)) t.set(i++);
    return img;
  }

  /** Every tensor element must be the image's value at the position that the axes say. */
  private static <T extends RealType<T>> void checkOrder(
      final RandomAccessibleInterval<T> image, final int[] axes) {
    try (TFloat32 t = Tensors.of(image, axes)) {
      final float[] values = Tensors.toFloats(t);
      final RandomAccess<T> at = image.randomAccess();
      final long[] shape = t.shape().asArray();
      for (int i = 0; i < values.length; i++) {
        int rest = i;
        for (int d = axes.length - 1; d >= 0; d--) {
          at.setPosition(image.min(axes[d]) + rest % shape[d], axes[d]);
          rest /= (int) shape[d];
        }
        assertEquals(at.get().getRealFloat(), values[i], "axes " + Arrays.toString(axes));
      }
    }
  }

  private static List<int[]> permutations(final int n) {
    final List<int[]> all = new ArrayList<>();
    if (n == 0) all.add(new int[0]);
    else
      for (final int[] shorter : permutations(n - 1))
        for (int at = 0; at < n; at++) {
          final int[] p = new int[n];
          for (int i = 0, from = 0; i < n; i++) p[i] = i == at ? n - 1 : shorter[from++];
          all.add(p);
        }
    return all;
  }
}
