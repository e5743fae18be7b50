package org.anatomicalpriors.evaluation;

import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;

/** Whether two images may be compared voxel by voxel. */
final class SameSpace {

  private SameSpace() {}

  static void check(final SpatialImage<?> reference, final SpatialImage<?> segmentation) {
    final Grid a = reference.grid(), b = segmentation.grid();
    if (a.coincides(b)) return;
    throw new InvalidInputException(
        "The segmentation "
            + describe(segmentation)
            + " does not lie on the grid of its reference "
            + describe(reference)
            + "; resample one of them to the other's grid first.");
  }

  private static String describe(final SpatialImage<?> image) {
    return image.name() + " (" + image.grid().describe() + ")";
  }
}
