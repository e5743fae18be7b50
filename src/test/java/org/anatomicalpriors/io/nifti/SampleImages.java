package org.anatomicalpriors.io.nifti;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Random;
import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedLongType;
import net.imglib2.view.Views;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;

/** Images of all types for the tests of reading and writing. */
final class SampleImages {

  /** A rotation about (1, 2, 3) by 40 degrees, spacing 0.5, 0.75, 2 and an offset. */
  static final Affine OBLIQUE = oblique(1);

  /** The same with the third axis mirrored. */
  static final Affine OBLIQUE_MIRRORED = oblique(-1);

  private SampleImages() {}

  private static Affine oblique(final double mirror) {
    final double norm = Math.sqrt(14);
    final double x = 1 / norm, y = 2 / norm, z = 3 / norm;
    final double c = Math.cos(Math.toRadians(40)), s = Math.sin(Math.toRadians(40));
    final Affine rotation =
        Affine.ofRows(
            new double[] {c + x * x * (1 - c), x * y * (1 - c) - z * s, x * z * (1 - c) + y * s, 0},
            new double[] {y * x * (1 - c) + z * s, c + y * y * (1 - c), y * z * (1 - c) - x * s, 0},
            new double[] {
              z * x * (1 - c) - y * s, z * y * (1 - c) + x * s, c + z * z * (1 - c), 0
            });
    return Affine.translation(-10.5, 20.25, 3)
        .after(rotation)
        .after(Affine.scale(.5, .75, 2 * mirror));
  }

  static int count(final long... size) {
    long n = 1;
    for (final long s : size) n *= s;
    return (int) n;
  }

  /** Random bits for integers (all of their range), random finite numbers for floats. */
  static RandomAccessibleInterval<? extends RealType<?>> random(
      final NiftiDataType type, final long... size) {
    final int n = count(size);
    final Random random = new Random(7);
    final Object array = type.storage().allocate(n);
    if (type == NiftiDataType.FLOAT32) {
      for (int i = 0; i < n; i++) ((float[]) array)[i] = (float) random.nextGaussian() * 1e6f;
    } else if (type == NiftiDataType.FLOAT64) {
      for (int i = 0; i < n; i++) ((double[]) array)[i] = random.nextGaussian() * 1e9;
    } else {
      final byte[] bytes = new byte[n * type.storage().bytes()];
      random.nextBytes(bytes);
      type.storage().get(ByteBuffer.wrap(bytes), array, 0, n);
    }
    return type.wrap(array, size);
  }

  static Grid grid(final Affine toWorld, final long... size) {
    return new Grid(
        new int[] {(int) size[0], (int) size[1], size.length > 2 ? (int) size[2] : 1},
        toWorld,
        "mm");
  }

  static double[] values(final RandomAccessibleInterval<? extends RealType<?>> image) {
    final double[] values = new double[count(image.dimensionsAsLongArray())];
    final Cursor<? extends RealType<?>> cursor = Views.flatIterable(image).cursor();
    for (int i = 0; i < values.length; i++) {
      final RealType<?> v = cursor.next();
      // The type's own conversion of large unsigned longs is off by one unit in the last place.
      values[i] =
          v instanceof UnsignedLongType
              ? ((UnsignedLongType) v).getBigInteger().doubleValue()
              : v.getRealDouble();
    }
    return values;
  }

  /** Same type, sizes and values, to the last bit. */
  static void assertSame(
      final RandomAccessibleInterval<? extends RealType<?>> expected,
      final RandomAccessibleInterval<? extends RealType<?>> actual) {
    assertEquals(expected.getType().getClass(), actual.getType().getClass());
    assertArrayEquals(expected.dimensionsAsLongArray(), actual.dimensionsAsLongArray());
    final Cursor<? extends RealType<?>> e = Views.flatIterable(expected).cursor();
    final Cursor<? extends RealType<?>> a = Views.flatIterable(actual).cursor();
    while (e.hasNext()) {
      final RealType<?> x = e.next(), y = a.next();
      if (x instanceof IntegerType)
        assertEquals(((IntegerType<?>) x).getIntegerLong(), ((IntegerType<?>) y).getIntegerLong());
      else assertEquals(x.getRealDouble(), y.getRealDouble());
    }
  }
}
