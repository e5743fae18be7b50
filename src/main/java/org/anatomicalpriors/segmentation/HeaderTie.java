package org.anatomicalpriors.segmentation;

import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;

/**
 * What speaks against a map from an image's world to the prior's before the image is looked at: the
 * further it moves the prior's grid from where it is expected, the more, but ever less so, so that
 * clear evidence can move it any distance. Immutable.
 */
final class HeaderTie {

  /** Nats a voxel. */
  private static final double STRENGTH = 0.3;

  /**
   * Root mean square distance of the grid's corners at which the log begins to tell, in extents.
   */
  private static final double DISTANCE = 0.2;

  private final Grid prior;
  private final Affine expected;
  private final double strength;

  private HeaderTie(final Grid prior, final Affine expected, final double strength) {
    this.prior = prior;
    this.expected = expected;
    this.strength = strength;
  }

  /** Nothing speaks against any map. */
  static HeaderTie none() {
    return new HeaderTie(null, Affine.identity(), 0);
  }

  /**
   * @param expected the map against which nothing speaks
   */
  static HeaderTie to(final Grid prior, final Affine expected) {
    return new HeaderTie(prior, expected, STRENGTH);
  }

  /** By how many nats a voxel a map has to explain an image better than the expected one. */
  double cost(final Affine map) {
    if (strength == 0) return 0;
    final double unit = DISTANCE * prior.extent();
    return strength * Math.log1p(squaredDistance(map) / (unit * unit));
  }

  /** Mean over the corners of the prior's grid of the squared distance to where they should be. */
  private double squaredDistance(final Affine map) {
    final Affine apart = map.after(expected.inverse());
    double sum = 0;
    for (int corner = 0; corner < 8; corner++) {
      final double[] voxel = new double[3];
      for (int d = 0; d < 3; d++) voxel[d] = (corner >> d & 1) * (prior.size(d) - 1);
      final double[] p = prior.toWorld().apply(voxel), q = apart.apply(p);
      for (int d = 0; d < 3; d++) sum += (q[d] - p[d]) * (q[d] - p[d]) / 8;
    }
    return sum;
  }
}
