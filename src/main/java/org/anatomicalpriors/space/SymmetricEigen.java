package org.anatomicalpriors.space;

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix by cyclic Jacobi rotations (Golub and
 * Van Loan, Matrix Computations, section 8.5).
 */
final class SymmetricEigen {

  private static final int MAX_SWEEPS = 60;

  /** Eigenvalues, ascending. */
  final double[] values;

  /** Eigenvectors of unit length, {@code vectors[i]} that of {@code values[i]}. */
  final double[][] vectors;

  SymmetricEigen(final double[][] matrix) {
    final int n = matrix.length;
    final double[][] a = new double[n][];
    final double[][] v = new double[n][n]; // rows are eigenvectors
    for (int i = 0; i < n; i++) {
      a[i] = matrix[i].clone();
      v[i][i] = 1;
    }
    for (int sweep = 0; sweep < MAX_SWEEPS && !isDiagonal(a); sweep++)
      for (int p = 0; p < n; p++) for (int q = p + 1; q < n; q++) rotate(a, v, p, q);
    for (int i = 0; i < n; i++) // selection sort, n is 4 at most
    for (int j = i + 1; j < n; j++)
        if (a[j][j] < a[i][i]) {
          final double value = a[i][i];
          a[i][i] = a[j][j];
          a[j][j] = value;
          final double[] vector = v[i];
          v[i] = v[j];
          v[j] = vector;
        }
    values = new double[n];
    for (int i = 0; i < n; i++) values[i] = a[i][i];
    vectors = v;
  }

  private static boolean isDiagonal(final double[][] a) {
    double off = 0, all = 0;
    for (int i = 0; i < a.length; i++)
      for (int j = 0; j < a.length; j++) {
        all += a[i][j] * a[i][j];
        if (i != j) off += a[i][j] * a[i][j];
      }
    return off <= 1e-32 * all;
  }

  private static void rotate(final double[][] a, final double[][] v, final int p, final int q) {
    if (a[p][q] == 0) return;
    final double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    final double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(theta, 1));
    final double c = 1 / Math.hypot(t, 1);
    final double s = t * c;
    for (int k = 0; k < a.length; k++) {
      final double kp = a[k][p], kq = a[k][q];
      a[k][p] = c * kp - s * kq;
      a[k][q] = s * kp + c * kq;
    }
    for (int k = 0; k < a.length; k++) {
      final double pk = a[p][k], qk = a[q][k];
      a[p][k] = c * pk - s * qk;
      a[q][k] = s * pk + c * qk;
      final double vp = v[p][k], vq = v[q][k];
      v[p][k] = c * vp - s * vq;
      v[q][k] = s * vp + c * vq;
    }
  }
}
