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

  /** Control points along an axis that move a voxel. */
  private static final int TAPS = 4;

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
    this.weightsX = new double[TAPS * size[0]];
    this.coefficients = coefficients;
    final double[] w = new double[TAPS];
    for (int x = 0; x < size[0]; x++) {
      firstX[x] = weights(0, x, w);
      System.arraycopy(w, 0, weightsX, TAPS * x, TAPS);
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

  /**
   * Reads displacements slice by slice, upwards; one per thread. What control points of one z give
   * at all x and y is needed by many slices, and kept for these.
   */
  final class Slices {
    private final double[] line = new double[3 * controls[0]];
    private final double[][] planes = new double[TAPS][3 * size[0] * size[1]];
    private final double[] row = new double[3 * size[0]];
    private int read;

    /** Adds the displacements of slice z, components interleaved, x fastest. */
    void add(final int z, final double[] slice) {
      final double[] w = new double[TAPS];
      final int first = weights(2, z, w), end = Math.min(first + TAPS, controls[2]);
      for (; read < end; read++) read(planes[read % TAPS]);
      // Planes that are not there have the weight 0.
      final double[] p = planes[first % TAPS],
          q = planes[(first + 1) % TAPS],
          r = planes[(first + 2) % TAPS],
          s = planes[(first + 3) % TAPS];
      final double a = w[0], b = w[1], c = w[2], d = w[3];
      for (int i = 0; i < slice.length; i++) slice[i] += a * p[i] + b * q[i] + c * r[i] + d * s[i];
    }

    private void read(final double[] plane) {
      for (int y = 0; y < size[1]; y++) {
        line(y);
        Arrays.fill(row, 0);
        addRow(line, row);
        System.arraycopy(row, 0, plane, y * row.length, row.length);
      }
    }

    /** Interpolates along y. */
    private void line(final int y) {
      Arrays.fill(line, 0);
      final double[] w = new double[TAPS];
      final int first = weights(1, y, w);
      for (int j = 0; j < TAPS && first + j < controls[1]; j++) {
        final int start = (read * controls[1] + first + j) * line.length;
        for (int i = 0; i < line.length; i++) line[i] += w[j] * coefficients[start + i];
      }
    }
  }

  /** Adds the displacements of a row's voxels, interpolated from its control points. */
  private void addRow(final double[] line, final double[] row) {
    final int taps = Math.min(TAPS, controls[0]);
    for (int x = 0; x < size[0]; x++) {
      final int first = 3 * firstX[x];
      double a = 0, b = 0, c = 0;
      for (int i = 0; i < taps; i++) {
        final double w = weightsX[TAPS * x + i];
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
    final double[][] w = new double[3][TAPS];
    final double[][] slope = new double[3][TAPS];
    for (int d = 0; d < 3; d++) {
      first[d] = weights(d, voxel[d], w[d]);
      if (controls[d] > 1) slopes(voxel[d] / step[d] - first[d], step[d], slope[d]);
    }
    final int taps = Math.min(TAPS, controls[0]);
    for (int k = 0; k < Math.min(TAPS, controls[2]); k++)
      for (int j = 0; j < Math.min(TAPS, controls[1]); j++) {
        final int row =
            3 * (((first[2] + k) * controls[1] + first[1] + j) * controls[0] + first[0]);
        final double here = w[1][j] * w[2][k],
            alongY = slope[1][j] * w[2][k],
            alongZ = w[1][j] * slope[2][k];
        for (int d = 0; d < 3; d++) {
          double value = 0, rise = 0;
          for (int i = 0; i < taps; i++) {
            final double c = coefficients[row + 3 * i + d];
            value += w[0][i] * c;
            rise += slope[0][i] * c;
          }
          gradient[d][0] += here * rise;
          gradient[d][1] += alongY * value;
          gradient[d][2] += alongZ * value;
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
