package org.anatomicalpriors.segmentation;

import java.util.Arrays;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;

/**
 * Affine maps near a given one, by parameters that all change the map by about as much: a unit
 * moves the border of the anatomy by about a tenth of its extent. Translation (3), rotation (3),
 * log-scale (3) and shear (3) about the prior's centre; in 2D those of the plane only (1 rotation,
 * 1 shear).
 */
final class AffineParameters {

  private static final double STEP = 0.1;
  private static final double BOUND = 4;

  private final Affine start;
  private final double[] centre;
  private final double extent;
  private final boolean flat;
  private final boolean rigid;

  AffineParameters(final Affine start, final Grid prior, final double extent, final boolean rigid) {
    this.start = start;
    this.extent = extent;
    this.rigid = rigid;
    flat = prior.is2D();
    centre =
        prior
            .toWorld()
            .apply(0.5 * (prior.size(0) - 1), 0.5 * (prior.size(1) - 1), 0.5 * (prior.size(2) - 1));
  }

  int count() {
    if (rigid) return flat ? 3 : 6;
    return flat ? 6 : 12;
  }

  /** Whether parameters are such as a search may come to. */
  boolean isWithinBounds(final double[] p) {
    return Arrays.stream(p).allMatch(q -> Math.abs(q) <= BOUND);
  }

  /** The map at these parameters; zeros give the start. */
  Affine at(final double[] p) {
    final double t = STEP * extent, a = 2 * STEP;
    final double[] all = Arrays.copyOf(p, flat ? 6 : 12); // what is not searched stays 0
    final double[] q =
        flat
            ? new double[] {all[0], all[1], 0, 0, 0, all[2], all[3], all[4], 0, all[5], 0, 0}
            : all;
    final Affine linear =
        Affine.rotation(1, 2, a * q[3])
            .after(Affine.rotation(2, 0, a * q[4]))
            .after(Affine.rotation(0, 1, a * q[5]))
            .after(
                Affine.ofRows(
                    new double[] {1, a * q[9], a * q[10], 0},
                    new double[] {0, 1, a * q[11], 0},
                    new double[] {0, 0, 1, 0}))
            .after(Affine.scale(Math.exp(a * q[6]), Math.exp(a * q[7]), Math.exp(a * q[8])));
    return Affine.translation(centre[0] + t * q[0], centre[1] + t * q[1], centre[2] + t * q[2])
        .after(linear)
        .after(Affine.translation(-centre[0], -centre[1], -centre[2]))
        .after(start);
  }
}
