package org.anatomicalpriors.space;

import java.util.Arrays;

/**
 * An affine map of three-dimensional points, {@code y = A x + t}, immutable. Matrices are given by
 * rows, {@code m[row][column]}, with the translation in column 3.
 */
public final class Affine {

  private final double[] m; // 3 x 4, by rows

  private Affine(final double[] m) {
    this.m = m;
  }

  public static Affine identity() {
    return scale(1, 1, 1);
  }

  public static Affine scale(final double x, final double y, final double z) {
    return new Affine(new double[] {x, 0, 0, 0, 0, y, 0, 0, 0, 0, z, 0});
  }

  /** A rotation by an angle in radians that turns axis {@code i} towards axis {@code j}. */
  public static Affine rotation(final int i, final int j, final double angle) {
    final double[][] rows = identity().toRows();
    rows[i][i] = rows[j][j] = Math.cos(angle);
    rows[i][j] = -Math.sin(angle);
    rows[j][i] = Math.sin(angle);
    return ofRows(rows);
  }

  public static Affine translation(final double x, final double y, final double z) {
    return new Affine(new double[] {1, 0, 0, x, 0, 1, 0, y, 0, 0, 1, z});
  }

  /** From three (or four, the last ignored) rows of four numbers. */
  public static Affine ofRows(final double[]... rows) {
    final double[] m = new double[12];
    for (int r = 0; r < 3; r++) System.arraycopy(rows[r], 0, m, 4 * r, 4);
    return new Affine(m);
  }

  public double get(final int row, final int column) {
    return m[4 * row + column];
  }

  /** Writes the image of {@code x} (length 3) into {@code y} (length 3); both may be one array. */
  public void apply(final double[] x, final double[] y) {
    final double a = x[0], b = x[1], c = x[2];
    y[0] = m[0] * a + m[1] * b + m[2] * c + m[3];
    y[1] = m[4] * a + m[5] * b + m[6] * c + m[7];
    y[2] = m[8] * a + m[9] * b + m[10] * c + m[11];
  }

  public double[] apply(final double... x) {
    final double[] y = new double[3];
    apply(x, y);
    return y;
  }

  /** The map that applies {@code first}, then this one. */
  public Affine after(final Affine first) {
    final double[] p = new double[12];
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < 4; c++) {
        double sum = c == 3 ? m[4 * r + 3] : 0;
        for (int k = 0; k < 3; k++) sum += m[4 * r + k] * first.m[4 * k + c];
        p[4 * r + c] = sum;
      }
    }
    return new Affine(p);
  }

  /** Determinant of the linear part: the factor by which volumes grow; negative if it mirrors. */
  public double determinant() {
    return m[0] * (m[5] * m[10] - m[6] * m[9])
        - m[1] * (m[4] * m[10] - m[6] * m[8])
        + m[2] * (m[4] * m[9] - m[5] * m[8]);
  }

  /**
   * The inverse map.
   *
   * @throws ArithmeticException if the linear part is singular
   */
  public Affine inverse() {
    final double det = determinant();
    if (det == 0 || !Double.isFinite(det))
      throw new ArithmeticException("The affine matrix is singular: " + this);
    final double[] i = new double[12];
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c < 3; c++) {
        // Cofactor of element (c, r); cyclic indices carry the sign.
        final int r1 = (c + 1) % 3, r2 = (c + 2) % 3, c1 = (r + 1) % 3, c2 = (r + 2) % 3;
        i[4 * r + c] = (get(r1, c1) * get(r2, c2) - get(r1, c2) * get(r2, c1)) / det;
      }
    }
    for (int r = 0; r < 3; r++)
      i[4 * r + 3] = -(i[4 * r] * m[3] + i[4 * r + 1] * m[7] + i[4 * r + 2] * m[11]);
    return new Affine(i);
  }

  /** Length of each column of the linear part: the spacing along each input axis. */
  public double[] columnNorms() {
    final double[] norms = new double[3];
    for (int c = 0; c < 3; c++) norms[c] = Math.hypot(Math.hypot(m[c], m[4 + c]), m[8 + c]);
    return norms;
  }

  /**
   * Angle in radians, 0 to pi, by which the map turns: that of the columns after these were scaled
   * to length 1, exact where the map does not shear.
   */
  public double turn() {
    final double[] norms = columnNorms();
    double trace = 0;
    for (int d = 0; d < 3; d++) trace += get(d, d) / norms[d];
    return Math.acos(Math.max(-1, Math.min(1, (trace - 1) / 2)));
  }

  /** Four rows of four numbers, the last one 0 0 0 1. */
  public double[][] toRows() {
    final double[][] rows = new double[4][4];
    for (int r = 0; r < 3; r++) System.arraycopy(m, 4 * r, rows[r], 0, 4);
    rows[3][3] = 1;
    return rows;
  }

  /** True if no element differs by more than {@code tolerance}. */
  public boolean isNear(final Affine other, final double tolerance) {
    for (int i = 0; i < 12; i++) if (!(Math.abs(m[i] - other.m[i]) <= tolerance)) return false;
    return true;
  }

  @Override
  public boolean equals(final Object o) {
    return o instanceof Affine && Arrays.equals(m, ((Affine) o).m);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(m);
  }

  @Override
  public String toString() {
    return Arrays.deepToString(toRows());
  }
}
