package org.anatomicalpriors.segmentation;

import java.util.ArrayList;
import java.util.List;
import org.anatomicalpriors.space.Affine;

/**
 * Maps from which an alignment is tried, by rotations about the anatomy's centre after the image's
 * centre was moved there: tilts, for an anatomy that was not laid as straight as the prior's, and
 * the rotations that map axes to axes, for an image whose header tells no orientation. There are no
 * reflections: which side is left cannot be seen in a symmetric anatomy, so that only the header
 * can say it.
 */
final class AlignmentStarts {

  /** Angle of the tilts, in radians; between them and zero a search finds its way. */
  private static final double TILT = Math.toRadians(18);

  private final double[] centre;
  private final boolean flat;

  /**
   * @param centre of the anatomy in the prior's world
   * @param flat whether the prior is a slice, turned in its plane only
   */
  AlignmentStarts(final double[] centre, final boolean flat) {
    this.centre = centre.clone();
    this.flat = flat;
  }

  /** Tilts to both sides about each axis. */
  List<Affine> tilts() {
    final List<Affine> all = new ArrayList<>();
    for (int axis = flat ? 2 : 0; axis < 3; axis++)
      for (final double angle : new double[] {-TILT, TILT}) all.add(about(rotation(axis, angle)));
    return all;
  }

  /** The rotations that map axes to axes, but for the identity: 23, or 3 in a plane. */
  List<Affine> turns() {
    final List<Affine> all = new ArrayList<>();
    // Which way the third axis points, by quarter turns about the first or the second.
    final int[][] poles = {{0, 0}, {0, 1}, {0, 2}, {0, 3}, {1, 1}, {1, 3}};
    for (int p = 0; p < (flat ? 1 : poles.length); p++)
      for (int quarter = p == 0 ? 1 : 0; quarter < 4; quarter++)
        all.add(
            about(
                rotation(2, quarter * Math.PI / 2)
                    .after(rotation(poles[p][0], poles[p][1] * Math.PI / 2))));
    return all;
  }

  private Affine about(final Affine rotation) {
    return Affine.translation(centre[0], centre[1], centre[2])
        .after(rotation)
        .after(Affine.translation(-centre[0], -centre[1], -centre[2]));
  }

  private static Affine rotation(final int axis, final double angle) {
    return Affine.rotation((axis + 1) % 3, (axis + 2) % 3, angle);
  }
}
