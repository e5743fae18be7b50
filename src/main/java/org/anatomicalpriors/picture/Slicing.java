package org.anatomicalpriors.picture;

import java.util.List;
import org.anatomicalpriors.InvalidInputException;

/** Which part of some images on one grid is shown, and how large. */
final class Slicing {

  private static final double MARGIN = 0.06;

  private final RasImage geometry;
  private final Box foreground;
  private final Box shown;
  private final double pixelsPerUnit;

  /**
   * @param labels label maps whose joint foreground is shown; if they are empty, the whole grid
   * @param others further images, which must lie on the same grid
   * @param tileSize length in pixels of the longest side that is shown
   * @throws InvalidInputException if the images differ in size
   */
  Slicing(final List<RasImage> labels, final List<RasImage> others, final int tileSize) {
    geometry = labels.isEmpty() ? others.get(0) : labels.get(0);
    for (final RasImage image : labels) requireSameSize(image);
    for (final RasImage image : others) requireSameSize(image);
    Box box = null;
    for (final RasImage map : labels) {
      final Box own = map.foreground();
      box = box == null ? own : box.with(own);
    }
    foreground = box == null ? geometry.whole() : box;
    shown = foreground.grown(MARGIN, geometry.whole());
    double longest = 0;
    for (int w = 0; w < 3; w++)
      if (geometry.size(w) > 1) longest = Math.max(longest, shown.size(w) * geometry.spacing(w));
    pixelsPerUnit = tileSize / longest;
  }

  private void requireSameSize(final RasImage image) {
    for (int w = 0; w < 3; w++)
      if (image.size(w) != geometry.size(w))
        throw new InvalidInputException(
            image.name()
                + " ("
                + image.grid()
                + ") cannot be shown together with "
                + geometry.name()
                + " ("
                + geometry.grid()
                + "), because their grids differ; resample one of them to the other's grid first.");
  }

  /** The part of the grid that is shown: the foreground with a margin. */
  Box shown() {
    return shown;
  }

  int[] positions(final Plane plane, final int count) {
    return foreground.positions(plane.through(), count);
  }

  int middle(final Plane plane) {
    return positions(plane, 1)[0];
  }

  /** Width in pixels of a slice; voxels are shown with their true proportions. */
  int width(final Plane plane) {
    return pixels(plane.across());
  }

  int height(final Plane plane) {
    return pixels(plane.up());
  }

  private int pixels(final int worldAxis) {
    return Math.max(
        1, (int) Math.round(shown.size(worldAxis) * geometry.spacing(worldAxis) * pixelsPerUnit));
  }
}
