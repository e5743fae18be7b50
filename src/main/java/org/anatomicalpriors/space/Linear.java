package org.anatomicalpriors.space;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Rotation and stretch of affine maps (polar decomposition), and their means. */
final class Linear {

  /** The mean of rotations means nothing when they cancel out: the smallest stretch allowed. */
  private static final double MIN_AGREEMENT = 0.5;

  private Linear() {}

  /** A A^T of the linear part: its eigenvalues are the squared stretches. */
  static double[][] timesTranspose(final Affine a) {
    final double[][] p = new double[3][3];
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 3; j++) for (int k = 0; k < 3; k++) p[i][j] += a.get(i, k) * a.get(j, k);
    return p;
  }

  /** The symmetric matrix with the same eigenvectors and f(eigenvalues). */
  static double[][] function(final double[][] symmetric, final DoubleUnaryOperator f) {
    final SymmetricEigen eigen = new SymmetricEigen(symmetric);
    final double[][] result = new double[3][3];
    for (int e = 0; e < 3; e++) {
      final double value = f.applyAsDouble(eigen.values[e]);
      final double[] v = eigen.vectors[e];
      for (int i = 0; i < 3; i++) for (int j = 0; j < 3; j++) result[i][j] += value * v[i] * v[j];
    }
    return result;
  }

  static Affine of(final double[][] m) {
    final double[][] rows = new double[3][];
    for (int i = 0; i < 3; i++) rows[i] = new double[] {m[i][0], m[i][1], m[i][2], 0};
    return Affine.ofRows(rows);
  }

  /** R of A = V R, V symmetric, R a rotation; no translation. */
  private static Affine rotation(final Affine a) {
    final Affine inverseStretch = of(function(timesTranspose(a), s -> 1 / Math.sqrt(s)));
    return inverseStretch.after(linear(a));
  }

  private static Affine linear(final Affine a) {
    return of(a.toRows());
  }

  /**
   * The linear map after which the given ones have unit stretch and, where their orientations agree
   * well enough for that to mean something, no rotation on average. Stretches are averaged as
   * logarithms and rotations apart from them, so that maps of different pose do not shrink the
   * mean.
   */
  static Affine towardsMean(final List<Affine> maps) {
    final double[][] logStretch = new double[3][3];
    final double[][] rotation = new double[3][3];
    for (final Affine a : maps) {
      final double[][] log = function(timesTranspose(a), s -> 0.5 * Math.log(s));
      final Affine r = rotation(a);
      for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
          logStretch[i][j] += log[i][j] / maps.size();
          rotation[i][j] += r.get(i, j) / maps.size();
        }
    }
    final Affine unstretch = of(function(logStretch, s -> Math.exp(-s)));
    final Affine mean = of(rotation);
    final double agreement = Math.sqrt(new SymmetricEigen(timesTranspose(mean)).values[0]);
    if (!(agreement > MIN_AGREEMENT) || mean.determinant() <= 0) return unstretch;
    return rotation(mean).inverse().after(unstretch);
  }

  /** The smallest rotation that turns the unit vector {@code n} (not -x) to the x axis. */
  static Affine toXAxis(final double[] n) {
    // Rodrigues with axis n x e_x = (0, n_z, -n_y), cosine n_x: R = I + K + K^2 / (1 + n_x).
    final double y = n[1], z = n[2], f = 1 / (1 + n[0]);
    return of(
        new double[][] {
          {n[0], y, z}, {-y, 1 - y * y * f, -y * z * f}, {-z, -y * z * f, 1 - z * z * f}
        });
  }
}
