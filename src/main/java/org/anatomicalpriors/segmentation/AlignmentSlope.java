package org.anatomicalpriors.segmentation;

import org.anatomicalpriors.space.Affine;

/**
 * How the score of an alignment changes with the parameters of its map: the mean over voxels of
 * their gradients, and of the outer products of these, which stand for the curvature (Berndt, Hall,
 * Hall and Hausman 1974, Annals of Economic and Social Measurement 3(4), eq. 3.8). Not to be shared
 * by threads.
 */
final class AlignmentSlope {

  private final double[][][] change;
  private final double[] own;
  private final double[] gradient;
  private final double[][] curvature;

  /**
   * @param change derivative of the map from the image's voxels to the prior's by every parameter,
   *     (n, 3, 4)
   */
  AlignmentSlope(final double[][][] change) {
    this.change = change;
    own = new double[change.length];
    gradient = new double[change.length];
    curvature = new double[change.length][change.length];
  }

  /** An empty one for the same map. */
  AlignmentSlope fresh() {
    return new AlignmentSlope(change);
  }

  /**
   * Adds a voxel.
   *
   * @param force derivative of its log-likelihood by its place among the prior's voxels
   */
  void add(final int x, final int y, final int z, final double[] force) {
    for (int i = 0; i < own.length; i++) {
      own[i] = 0;
      for (int r = 0; r < 3; r++) {
        final double[] c = change[i][r];
        own[i] += force[r] * (c[0] * x + c[1] * y + c[2] * z + c[3]);
      }
    }
    for (int i = 0; i < own.length; i++) {
      gradient[i] += own[i];
      for (int j = 0; j <= i; j++) curvature[i][j] += own[i] * own[j];
    }
  }

  /** Adds the sums of another, times a factor. */
  void add(final AlignmentSlope other, final double factor) {
    for (int i = 0; i < own.length; i++) {
      gradient[i] += factor * other.gradient[i];
      for (int j = 0; j <= i; j++) curvature[i][j] += factor * other.curvature[i][j];
    }
  }

  double[] gradient() {
    return gradient.clone();
  }

  /** (n, n), symmetric. */
  double[][] curvature() {
    final double[][] whole = new double[own.length][own.length];
    for (int i = 0; i < own.length; i++)
      for (int j = 0; j <= i; j++) whole[i][j] = whole[j][i] = curvature[i][j];
    return whole;
  }

  /** Derivative of a map by a parameter, from maps at either side. */
  static double[][] derivative(final Affine ahead, final Affine behind, final double apart) {
    final double[][] d = new double[3][4];
    for (int r = 0; r < 3; r++)
      for (int c = 0; c < 4; c++) d[r][c] = (ahead.get(r, c) - behind.get(r, c)) / apart;
    return d;
  }
}
