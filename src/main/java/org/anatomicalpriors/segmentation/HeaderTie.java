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

  /** Least share of the image or the prior's grid in the other if the header is to be believed. */
  private static final double OVERLAP = 0.25;

  /** Places along an axis by which that is told. */
  private static final int LATTICE = 9;

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
   * The map by which an image is expected: where its header puts it, or, if that tells no place or
   * one far from the prior, with its centre on the centre of the prior's grid, as crops are cut
   * alike.
   */
  static Affine expected(final Grid prior, final Grid image) {
    return tellsPlace(image) && overlap(prior, image)
        ? Affine.identity()
        : centreOnCentre(prior, image);
  }

  /**
   * @param expected the map against which nothing speaks
   */
  static HeaderTie to(final Grid prior, final Affine expected) {
    return new HeaderTie(prior, expected, STRENGTH);
  }

  /** The first voxel of an image lies at the world's origin if nobody said where it lies. */
  private static boolean tellsPlace(final Grid image) {
    final Affine a = image.toWorld();
    return a.get(0, 3) != 0 || a.get(1, 3) != 0 || a.get(2, 3) != 0;
  }

  /** Whether one of two grids lies in the other to a good part. */
  private static boolean overlap(final Grid one, final Grid other) {
    return Math.max(share(one, other), share(other, one)) >= OVERLAP;
  }

  /** Share of a grid that lies in another, by a lattice of places. */
  private static double share(final Grid part, final Grid whole) {
    final Affine map = whole.toWorld().inverse().after(part.toWorld());
    int inside = 0;
    for (int i = 0; i < LATTICE * LATTICE * LATTICE; i++) {
      final int[] at = {i % LATTICE, i / LATTICE % LATTICE, i / LATTICE / LATTICE};
      final double[] voxel = new double[3];
      for (int d = 0; d < 3; d++) voxel[d] = at[d] * (part.size(d) - 1.0) / (LATTICE - 1);
      final double[] p = map.apply(voxel);
      boolean in = true;
      for (int d = 0; d < 3; d++) in &= p[d] > -0.5 && p[d] < whole.size(d) - 0.5;
      if (in) inside++;
    }
    return inside / Math.pow(LATTICE, 3);
  }

  private static Affine centreOnCentre(final Grid prior, final Grid image) {
    final double[] from = centre(image), to = centre(prior);
    return Affine.translation(to[0] - from[0], to[1] - from[1], to[2] - from[2]);
  }

  private static double[] centre(final Grid grid) {
    final double[] voxel = new double[3];
    for (int d = 0; d < 3; d++) voxel[d] = 0.5 * (grid.size(d) - 1);
    return grid.toWorld().apply(voxel);
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
