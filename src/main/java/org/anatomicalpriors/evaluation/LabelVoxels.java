package org.anatomicalpriors.evaluation;

import java.util.function.IntUnaryOperator;
import net.imglib2.Cursor;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.space.SpatialImage;

/** Label maps as plain arrays, x fastest. */
final class LabelVoxels {

  /** Values this far from a whole number are rounding of a float file, not intensities. */
  private static final double TOLERANCE = 1e-3;

  private LabelVoxels() {}

  /**
   * The values of a label map, rounded to whole numbers and mapped.
   *
   * @throws InvalidInputException if a value is not a whole number
   */
  static int[] of(final SpatialImage<? extends RealType<?>> map, final IntUnaryOperator idOfValue) {
    final int[] values = new int[map.grid().voxelCount()];
    final Cursor<? extends RealType<?>> cursor = Views.flatIterable(map.voxels()).cursor();
    int last = 0, lastId = idOfValue.applyAsInt(0);
    for (int i = 0; i < values.length; i++) {
      final double value = cursor.next().getRealDouble();
      final int rounded = (int) Math.round(value);
      if (!(Math.abs(value - rounded) <= TOLERANCE))
        throw new InvalidInputException(
            map.name()
                + " holds the value "
                + value
                + ", which is not a label id; give a label map with whole numbers.");
      if (rounded != last) {
        last = rounded;
        lastId = idOfValue.applyAsInt(rounded);
      }
      values[i] = lastId;
    }
    return values;
  }
}
