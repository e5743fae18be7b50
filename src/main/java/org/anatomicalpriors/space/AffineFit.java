package org.anatomicalpriors.space;

import java.util.Arrays;

/**
 * Weighted least-squares maps of points onto points, closed form. {@code from[i]} and {@code to[i]}
 * are points of three world coordinates, {@code weights[i]} is 0 or more.
 */
final class AffineFit {

  /** Directions in which points spread less than this, relative to the widest, are flat. */
  private static final double FLAT = 1e-5;

  private static final double TOWARDS_IDENTITY = 1e-9;

  private final double[][] from;
  private final double[][] to;
  private final double[] weights;
  private final double[] fromMean;
  private final double[] toMean;

  AffineFit(final double[][] from, final double[][] to, final double[] weights) {
    this.from = from;
    this.to = to;
    this.weights = weights;
    this.fromMean = mean(from, weights);
    this.toMean = mean(to, weights);
  }

  /** The translation that matches the means, after scaling about them. */
  Affine scaled(final double scale) {
    return centred(new double[][] {{scale, 0, 0}, {0, scale, 0}, {0, 0, scale}});
  }

  /**
   * Rotation by Horn's quaternion (J. Opt. Soc. Am. A 4, 1987), scale by the ratio of the spreads;
   * of several rotations that fit alike, the smallest.
   */
  Affine similarity() {
    final double[][] s = moments(to, toMean); // s[i][j]: sum w to_i from_j
    final double trace = spread(from, fromMean) + spread(to, toMean);
    final double[][] n = {
      {s[0][0] + s[1][1] + s[2][2], s[2][1] - s[1][2], s[0][2] - s[2][0], s[1][0] - s[0][1]},
      {0, s[0][0] - s[1][1] - s[2][2], s[0][1] + s[1][0], s[2][0] + s[0][2]},
      {0, 0, s[1][1] - s[0][0] - s[2][2], s[1][2] + s[2][1]},
      {0, 0, 0, s[2][2] - s[0][0] - s[1][1]}
    };
    for (int i = 0; i < 4; i++) for (int j = 0; j < i; j++) n[i][j] = n[j][i];
    n[0][0] += TOWARDS_IDENTITY * trace;
    final double[] q = new SymmetricEigen(n).vectors[3];
    final double a = q[0], b = q[1], c = q[2], d = q[3];
    final double scale = Math.sqrt(spread(to, toMean) / spread(from, fromMean));
    final double[][] r = {
      {a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c)},
      {2 * (b * c + a * d), a * a - b * b + c * c - d * d, 2 * (c * d - a * b)},
      {2 * (b * d - a * c), 2 * (c * d + a * b), a * a - b * b - c * c + d * d}
    };
    for (final double[] row : r) for (int j = 0; j < 3; j++) row[j] *= scale;
    return centred(r);
  }

  /**
   * The affine map that minimises {@code sum w |A x + t - y|^2 + ridge |A - S|^2}, S the {@link
   * #similarity()}: where the points say little (few of them, or nearly in a plane) the map stays
   * close to it.
   */
  Affine affine(final double ridge) {
    final Affine similarity = similarity();
    final double[][] c = moments(from, fromMean);
    final double[][] b = moments(to, toMean);
    final SymmetricEigen eigen = new SymmetricEigen(c);
    final double[][] a = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) a[i][j] = similarity.get(i, j);
      // (B - S C) (C + ridge I)^-1, by the eigenvectors of C; flat directions add nothing.
      final double[] misfit = new double[3];
      for (int j = 0; j < 3; j++) {
        misfit[j] = b[i][j];
        for (int k = 0; k < 3; k++) misfit[j] -= similarity.get(i, k) * c[k][j];
      }
      for (int e = 0; e < 3; e++) {
        if (eigen.values[e] <= FLAT * FLAT * eigen.values[2]) continue;
        final double[] v = eigen.vectors[e];
        final double along = misfit[0] * v[0] + misfit[1] * v[1] + misfit[2] * v[2];
        for (int j = 0; j < 3; j++) a[i][j] += along * v[j] / (eigen.values[e] + ridge);
      }
    }
    return centred(a);
  }

  private Affine centred(final double[][] linear) {
    final double[][] rows = new double[3][4];
    for (int i = 0; i < 3; i++) {
      rows[i][3] = toMean[i];
      for (int j = 0; j < 3; j++) {
        rows[i][j] = linear[i][j];
        rows[i][3] -= linear[i][j] * fromMean[j];
      }
    }
    return Affine.ofRows(rows);
  }

  private double[][] moments(final double[][] left, final double[] leftMean) {
    final double[][] m = new double[3][3];
    for (int p = 0; p < from.length; p++)
      for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
          m[i][j] += weights[p] * (left[p][i] - leftMean[i]) * (from[p][j] - fromMean[j]);
    return m;
  }

  private double spread(final double[][] points, final double[] mean) {
    double sum = 0;
    for (int p = 0; p < points.length; p++)
      for (int i = 0; i < 3; i++) sum += weights[p] * Math.pow(points[p][i] - mean[i], 2);
    return sum;
  }

  private static double[] mean(final double[][] points, final double[] weights) {
    final double[] mean = new double[3];
    double sum = 0;
    for (int p = 0; p < points.length; p++) {
      sum += weights[p];
      for (int i = 0; i < 3; i++) mean[i] += weights[p] * points[p][i];
    }
    for (int i = 0; i < 3; i++) mean[i] /= sum;
    return mean;
  }

  /** Eigen-decomposition of the covariance of points, all of one weight. */
  static SymmetricEigen principalAxes(final double[][] points) {
    final double[] ones = new double[points.length];
    Arrays.fill(ones, 1.0 / points.length);
    final AffineFit fit = new AffineFit(points, points, ones);
    return new SymmetricEigen(fit.moments(points, fit.fromMean));
  }
}
