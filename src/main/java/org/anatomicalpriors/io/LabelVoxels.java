package org.anatomicalpriors.io;

import java.util.Arrays;
import net.imglib2.Cursor;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.view.Views;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.space.SpatialImage;

/** Values of any type as the whole numbers of a label map. */
final class LabelVoxels {

  /** Rounding of a scale factor of 32 bits, relative to the value. */
  private static final double TOLERANCE = 1e-5;

  /** Beyond this it would be a guess which of two ids is meant. */
  private static final double MAX_TOLERANCE = 0.05;

  private LabelVoxels() {}

  static SpatialImage<IntType> of(final SpatialImage<? extends RealType<?>> image) {
    final int[] ids = new int[image.grid().voxelCount()];
    final Cursor<? extends RealType<?>> cursor = Views.flatIterable(image.voxels()).cursor();
    for (int i = 0; i < ids.length; i++) {
      final double value = cursor.next().getRealDouble();
      final double whole = Math.rint(value);
      final boolean valid =
          Math.abs(value - whole)
                  <= Math.min(MAX_TOLERANCE, TOLERANCE * Math.max(1, Math.abs(value)))
              && Math.abs(whole) <= Integer.MAX_VALUE;
      if (!valid)
        throw new InvalidInputException(
            image.name()
                + " holds the value "
                + value
                + " at voxel "
                + Arrays.toString(cursor.positionAsLongArray())
                + "; a label map needs whole numbers up to 2147483647: choose a label map, or save"
                + " it without interpolation.");
      ids[i] = (int) whole;
    }
    final long[] size = {image.grid().size(0), image.grid().size(1), image.grid().size(2)};
    return new SpatialImage<>(ArrayImgs.ints(ids, size), image.grid(), image.name());
  }
}
