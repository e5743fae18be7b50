package org.anatomicalpriors.training;

import java.util.Arrays;
import java.util.Random;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;

/**
 * A smooth random displacement of a grid's voxels: a cubic B-spline with random coefficients at
 * control points. Along an axis of one voxel nothing varies and nothing moves.
 */
final class SplineField {

  /** Mean of the summed squared cubic B-spline weights: coefficient to field variance, per axis. */
  private static final double VARIANCE = 0.479365;

  private static final double MAX_DEVIATIONS = 2.5;

  private final int[] size; // voxels
  private final int[] controls; // control points
  private final double[] step; // voxels between control points
  private final double[] coefficients; // component fastest, then x, y, z of the control point
  private final int[] firstX;
  private final double[] weightsX;

  private SplineField(
      final int[] size, final int[] controls, final double[] step, final double[] coefficients) {
    this.size = size;
    this.controls = controls;
    this.step = step;
    this.firstX = new int[size[0]];
    this.weightsX = new double[4 * size[0]];
    this.coefficients = coefficients;
    final double[] w = new double[4];
    for (int x = 0; x < size[0]; x++) {
      firstX[x] = weights(0, x, w);
      System.arraycopy(w, 0, weightsX, 4 * x, 4);
    }
  }

  /**
   * @param amplitude standard deviation of each component of the displacement, world units
   * @param spacing distance of control points, world units
   * @return displacements in world units along the grid's axes
   */
  static SplineField random(
      final Grid grid, final double amplitude, final double spacing, final Random random) {
    final int[] size = grid.size();
    final int[] controls = new int[3];
    final double[] step = new double[3];
    double gain = 1;
    for (int d = 0; d < 3; d++) {
      step[d] = spacing / grid.spacing()[d];
      controls[d] = size[d] == 1 ? 1 : (int) ((size[d] - 1) / step[d]) + 4;
      if (size[d] > 1) gain *= VARIANCE;
    }
    final double deviation = amplitude / Math.sqrt(gain);
    final double[] c = new double[3 * controls[0] * controls[1] * controls[2]];
    for (int i = 0; i < c.length; i++) {
      final double value = bounded(random);
      c[i] = size[i % 3] == 1 ? 0 : deviation * value;
    }
    return new SplineField(size, controls, step, c);
  }

  /** A standard normal number, held within 2.5 standard deviations. */
  static double bounded(final Random random) {
    return Math.max(-MAX_DEVIATIONS, Math.min(random.nextGaussian(), MAX_DEVIATIONS));
  }

  /** The field with each displacement multiplied by the linear part of a map. */
  SplineField mapped(final Affine linear) {
    final double[] c = new double[coefficients.length];
    for (int i = 0; i < c.length; i += 3)
      for (int row = 0; row < 3; row++)
        for (int k = 0; k < 3; k++) c[i + row] += linear.get(row, k) * coefficients[i + k];
    return new SplineField(size, controls, step, c);
  }

  /** Room for {@link #line}. */
  double[] newLine() {
    return new double[3 * controls[0]];
  }

  /** Interpolates along y and z: the control points of the voxel row (y, z). */
  void line(final int y, final int z, final double[] line) {
    Arrays.fill(line, 0);
    final double[] wy = new double[4], wz = new double[4];
    final int cy = weights(1, y, wy), cz = weights(2, z, wz);
    for (int k = 0; k < 4 && cz + k < controls[2]; k++)
      for (int j = 0; j < 4 && cy + j < controls[1]; j++) {
        final double w = wy[j] * wz[k];
        final int start = ((cz + k) * controls[1] + cy + j) * line.length;
        for (int i = 0; i < line.length; i++) line[i] += w * coefficients[start + i];
      }
  }

  /** Adds the displacements of a row's voxels, interpolated from its control points. */
  void addRow(final double[] line, final double[] row) {
    final int taps = Math.min(4, controls[0]);
    for (int x = 0; x < size[0]; x++) {
      final int first = 3 * firstX[x];
      double a = 0, b = 0, c = 0;
      for (int i = 0; i < taps; i++) {
        final double w = weightsX[4 * x + i];
        final int k = first + 3 * i;
        a += w * line[k];
        b += w * line[k + 1];
        c += w * line[k + 2];
      }
      row[3 * x] += a;
      row[3 * x + 1] += b;
      row[3 * x + 2] += c;
    }
  }

  /** Adds the derivatives of the displacement along the voxel axes, per voxel, at a voxel. */
  void addGradient(final int[] voxel, final double[][] gradient) {
    final int[] first = new int[3];
    final double[][] w = new double[3][4];
    final double[][] slope = new double[3][4];
    for (int d = 0; d < 3; d++) {
      first[d] = weights(d, voxel[d], w[d]);
      if (controls[d] > 1) slopes(voxel[d] / step[d] - first[d], step[d], slope[d]);
    }
    for (int k = 0; k < Math.min(4, controls[2]); k++)
      for (int j = 0; j < Math.min(4, controls[1]); j++)
        for (int i = 0; i < Math.min(4, controls[0]); i++) {
          final int c =
              3 * (((first[2] + k) * controls[1] + first[1] + j) * controls[0] + first[0] + i);
          final double x = slope[0][i] * w[1][j] * w[2][k];
          final double y = w[0][i] * slope[1][j] * w[2][k];
          final double z = w[0][i] * w[1][j] * slope[2][k];
          for (int d = 0; d < 3; d++) {
            gradient[d][0] += x * coefficients[c + d];
            gradient[d][1] += y * coefficients[c + d];
            gradient[d][2] += z * coefficients[c + d];
          }
        }
  }

  /** Voxels between control points, per axis. */
  double[] step() {
    return step.clone();
  }

  /** First control point and the four cubic B-spline weights of a voxel along an axis. */
  private int weights(final int axis, final int voxel, final double[] w) {
    if (controls[axis] == 1) {
      w[0] = 1;
      w[1] = w[2] = w[3] = 0;
      return 0;
    }
    final double s = voxel / step[axis];
    final int first = (int) s;
    final double f = s - first, g = 1 - f;
    w[0] = g * g * g / 6;
    w[1] = (4 - 6 * f * f + 3 * f * f * f) / 6;
    w[2] = (4 - 6 * g * g + 3 * g * g * g) / 6;
    w[3] = f * f * f / 6;
    return first;
  }

  private static void slopes(final double f, final double step, final double[] slope) {
    final double g = 1 - f;
    slope[0] = -g * g / 2 / step;
    slope[1] = (3 * f * f - 4 * f) / 2 / step;
    slope[2] = (4 * g - 3 * g * g) / 2 / step;
    slope[3] = f * f / 2 / step;
  }
}
