package org.anatomicalpriors.picture;

import java.util.List;
import org.anatomicalpriors.space.Grid;

/**
 * A direction of cutting, by the world axes that it shows. The patient's left is on the left side
 * of the picture, front (in axial slices) or top is up.
 */
public enum Plane {
  AXIAL(0, 1, 2),
  CORONAL(0, 2, 1),
  SAGITTAL(1, 2, 0);

  private static final String NEGATIVE = "LPI";
  private static final String POSITIVE = "RAS";
  private static final String NAMES = "xyz";

  private final int across;
  private final int up;
  private final int through;

  Plane(final int across, final int up, final int through) {
    this.across = across;
    this.up = up;
    this.through = through;
  }

  /** The planes in which a grid has slices worth showing: all, or the only one of a 2D grid. */
  public static List<Plane> of(final Grid grid) {
    if (!grid.is2D()) return List.of(values());
    final int thin = new WorldAxes(grid.toWorld()).worldAxis(2);
    for (final Plane plane : values()) if (plane.through == thin) return List.of(plane);
    throw new AssertionError("no plane cuts across world axis " + thin);
  }

  /** World axis that runs from left to right in the picture. */
  int across() {
    return across;
  }

  /** World axis that runs from bottom to top in the picture. */
  int up() {
    return up;
  }

  /** World axis that the slices follow. */
  int through() {
    return through;
  }

  /** Letter of the side of the body at the picture's left edge. */
  String leftLetter() {
    return NEGATIVE.substring(across, across + 1);
  }

  /** Letter of the side of the body at the picture's right edge. */
  String rightLetter() {
    return POSITIVE.substring(across, across + 1);
  }

  /** Letter of the side of the body at the picture's upper edge. */
  String topLetter() {
    return POSITIVE.substring(up, up + 1);
  }

  String throughName() {
    return NAMES.substring(through, through + 1);
  }
}
