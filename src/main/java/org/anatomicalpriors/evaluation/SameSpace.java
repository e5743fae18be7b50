package org.anatomicalpriors.evaluation;

import java.util.Locale;
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
    final Grid grid = image.grid();
    final double[] origin = grid.toWorld().apply(0, 0, 0);
    return String.format(
        Locale.ROOT,
        "%s (%s, first voxel at %.4g, %.4g, %.4g, axes %s)",
        image.name(),
        grid,
        origin[0],
        origin[1],
        origin[2],
        axes(grid));
  }

  /** Direction of each voxel axis by its nearest world axis, such as RAS or LIA. */
  private static String axes(final Grid grid) {
    final StringBuilder axes = new StringBuilder();
    for (int axis = 0; axis < 3; axis++) {
      int nearest = 0;
      for (int w = 1; w < 3; w++)
        if (Math.abs(grid.toWorld().get(w, axis)) > Math.abs(grid.toWorld().get(nearest, axis)))
          nearest = w;
      axes.append((grid.toWorld().get(nearest, axis) < 0 ? "LPI" : "RAS").charAt(nearest));
    }
    return axes.toString();
  }
}
