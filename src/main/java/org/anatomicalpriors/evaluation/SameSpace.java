package org.anatomicalpriors.evaluation;

import java.util.Arrays;
import java.util.Locale;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;

/** Whether two images may be compared voxel by voxel. */
final class SameSpace {

  /** How far apart, in voxels, corresponding corners may lie: rounding in files, not movement. */
  private static final double TOLERANCE = 0.05;

  private SameSpace() {}

  static void check(final SpatialImage<?> reference, final SpatialImage<?> segmentation) {
    final Grid a = reference.grid(), b = segmentation.grid();
    if (Arrays.equals(a.size(), b.size()) && cornersMeet(a, b)) return;
    throw new InvalidInputException(
        "The segmentation "
            + describe(segmentation)
            + " does not lie on the grid of its reference "
            + describe(reference)
            + "; resample one of them to the other's grid first.");
  }

  private static boolean cornersMeet(final Grid a, final Grid b) {
    final double[] spacing = a.spacing();
    final double limit = TOLERANCE * Math.min(spacing[0], Math.min(spacing[1], spacing[2]));
    for (int corner = 0; corner < 8; corner++) {
      final double[] voxel = new double[3];
      for (int d = 0; d < 3; d++) voxel[d] = (corner >> d & 1) * (a.size(d) - 1);
      final double[] p = a.toWorld().apply(voxel), q = b.toWorld().apply(voxel);
      for (int d = 0; d < 3; d++) if (!(Math.abs(p[d] - q[d]) <= limit)) return false;
    }
    return true;
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
