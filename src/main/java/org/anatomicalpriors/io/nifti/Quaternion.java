package org.anatomicalpriors.io.nifti;

/**
 * The unit quaternion {@code a + bi + cj + dk} with {@code a >= 0} by which NIfTI stores a rotation
 * (only b, c, d are in the file).
 */
final class Quaternion {

  /** Below this, {@code a} is taken as 0: the rotation is by 180 degrees. */
  private static final double SMALL = 1e-7;

  final double b;
  final double c;
  final double d;

  Quaternion(final double b, final double c, final double d) {
    this.b = b;
    this.c = c;
    this.d = d;
  }

  /** The rotation matrix, by rows, as {@code nifti1.h} gives it under "method 2". */
  double[][] toMatrix() {
    double w = 1 - (b * b + c * c + d * d);
    double x = b, y = c, z = d;
    if (w < SMALL) {
      // Rounded in the file to more than unit length, or a half turn.
      final double norm = Math.sqrt(b * b + c * c + d * d);
      x /= norm;
      y /= norm;
      z /= norm;
      w = 0;
    } else {
      w = Math.sqrt(w);
    }
    return new double[][] {
      {w * w + x * x - y * y - z * z, 2 * (x * y - w * z), 2 * (x * z + w * y)},
      {2 * (x * y + w * z), w * w + y * y - x * x - z * z, 2 * (y * z - w * x)},
      {2 * (x * z - w * y), 2 * (y * z + w * x), w * w + z * z - x * x - y * y}
    };
  }

  /**
   * The quaternion of a rotation matrix (by rows). Of the four ways to get it, the one that divides
   * by the largest component is taken: 4 a^2 = 1 + trace, 4 b^2 = 1 + r00 - r11 - r22, and so on.
   */
  static Quaternion ofMatrix(final double[][] r) {
    final double[] squares = {
      1 + r[0][0] + r[1][1] + r[2][2],
      1 + r[0][0] - r[1][1] - r[2][2],
      1 - r[0][0] + r[1][1] - r[2][2],
      1 - r[0][0] - r[1][1] + r[2][2]
    };
    int largest = 0;
    for (int i = 1; i < 4; i++) if (squares[i] > squares[largest]) largest = i;
    // Row "largest" of 4 q q^T, which the matrix gives by sums and differences of its elements.
    final double ab = r[2][1] - r[1][2], ac = r[0][2] - r[2][0], ad = r[1][0] - r[0][1];
    final double bc = r[0][1] + r[1][0], bd = r[0][2] + r[2][0], cd = r[1][2] + r[2][1];
    final double[][] products = {
      {squares[0], ab, ac, ad},
      {ab, squares[1], bc, bd},
      {ac, bc, squares[2], cd},
      {ad, bd, cd, squares[3]}
    };
    final double[] q = products[largest];
    final double sign = q[0] < 0 ? -1 : 1;
    final double norm = sign * Math.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]);
    return new Quaternion(q[1] / norm, q[2] / norm, q[3] / norm);
  }
}
