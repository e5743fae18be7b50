package org.anatomicalpriors.model;

import java.util.ArrayList;
import java.util.List;
import org.anatomicalpriors.InvalidInputException;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * The directions in which the codes of a prior's label maps differ most: their mean m and the
 * leading principal axes a_k, of unit length and perpendicular to one another, with the standard
 * deviation s_k of the codes along each. A code z lies at c_k = (z - m) . a_k / s_k standard
 * deviations along axis k, and m + sum_k c_k s_k a_k is the code with these coordinates. Immutable.
 *
 * <pre>{@code
 * float[] z = space.code(1.5, -2); // 1.5 standard deviations along the first axis, -2 along the next
 * }</pre>
 */
public final class ShapeSpace {

  /** More axes than this are not kept. */
  public static final int MOST_AXES = 16;

  /** Axes along which the codes differ less than this, relative to the first one, are noise. */
  private static final double SMALLEST_VARIANCE = 1e-9;

  private final int maps;
  private final float[] mean;
  private final float[][] axes;
  private final double[] deviations;
  private final double variance;

  /**
   * @param maps number of label maps that were measured
   * @param mean the mean code
   * @param axes orthonormal, leading one first; may be none
   * @param deviations standard deviation along each axis
   * @param variance of the codes in all directions together
   * @throws InvalidInputException if lengths differ or a number is not one
   */
  public ShapeSpace(
      final int maps,
      final float[] mean,
      final float[][] axes,
      final double[] deviations,
      final double variance) {
    this.maps = maps;
    this.mean = mean.clone();
    this.axes = new float[axes.length][];
    this.deviations = deviations.clone();
    this.variance = variance;
    for (int k = 0; k < axes.length; k++) this.axes[k] = axes[k].clone();
    if (!isSound())
      throw new InvalidInputException(
          "The shape axes of the model are damaged; get the model again or train a new one.");
  }

  private boolean isSound() {
    boolean sound =
        maps > 0
            && axes.length == deviations.length
            && axes.length <= MOST_AXES
            && Double.isFinite(variance)
            && variance >= 0
            && isFinite(mean);
    for (int k = 0; sound && k < axes.length; k++)
      sound =
          axes[k].length == mean.length
              && isFinite(axes[k])
              && Math.abs(dot(axes[k], axes[k]) - 1) < 1e-3
              && deviations[k] > 0
              && Double.isFinite(deviations[k]);
    return sound;
  }

  private static boolean isFinite(final float[] values) {
    for (final float v : values) if (!Float.isFinite(v)) return false;
    return true;
  }

  /**
   * The axes of some codes. With X the n codes less their mean, as rows, the eigenvectors u_k and
   * eigenvalues s_k^2 of the n x n matrix X X^T / (n - 1) give a_k = X^T u_k / (s_k sqrt(n - 1)),
   * which are the eigenvectors of the much larger covariance matrix X^T X / (n - 1). There are n -
   * 1 axes at most. Of the two directions of an axis the one is taken in which its largest
   * component is positive.
   *
   * @param codes one or more, all of one length
   */
  public static ShapeSpace of(final List<float[]> codes) {
    final int n = codes.size(), length = codes.get(0).length;
    final double[] mean = new double[length];
    for (final float[] z : codes) for (int i = 0; i < length; i++) mean[i] += z[i] / (double) n;
    final double[][] gram = new double[n][n];
    double variance = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        final float[] a = codes.get(i), b = codes.get(j);
        for (int d = 0; d < length; d++) sum += (a[d] - mean[d]) * (b[d] - mean[d]);
        gram[i][j] = gram[j][i] = sum / Math.max(1, n - 1);
      }
      variance += gram[i][i];
    }
    final List<float[]> axes = new ArrayList<>();
    final List<Double> deviations = new ArrayList<>();
    if (variance > 0) {
      final EigenDecomposition eigen =
          new EigenDecomposition(new Array2DRowRealMatrix(gram, false)); // largest first
      for (int k = 0; k < Math.min(n - 1, MOST_AXES); k++) {
        final double value = eigen.getRealEigenvalue(k);
        if (value <= SMALLEST_VARIANCE * eigen.getRealEigenvalue(0)) break;
        axes.add(axis(codes, mean, eigen.getEigenvector(k).toArray()));
        deviations.add(Math.sqrt(value));
      }
    }
    return new ShapeSpace(
        n,
        floats(mean, 1),
        axes.toArray(new float[0][]),
        deviations.stream().mapToDouble(d -> d).toArray(),
        variance);
  }

  /** X^T u, scaled to unit length. */
  private static float[] axis(final List<float[]> codes, final double[] mean, final double[] u) {
    final double[] a = new double[mean.length];
    for (int i = 0; i < u.length; i++) {
      final float[] z = codes.get(i);
      for (int d = 0; d < a.length; d++) a[d] += u[i] * (z[d] - mean[d]);
    }
    double squares = 0, largest = 0;
    for (final double v : a) {
      squares += v * v;
      if (Math.abs(v) > Math.abs(largest)) largest = v;
    }
    return floats(a, Math.signum(largest) / Math.sqrt(squares));
  }

  private static float[] floats(final double[] values, final double factor) {
    final float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) floats[i] = (float) (factor * values[i]);
    return floats;
  }

  /** Number of label maps that were measured. */
  public int maps() {
    return maps;
  }

  /** Number of axes. */
  public int size() {
    return axes.length;
  }

  /** Number of values in a code. */
  public int length() {
    return mean.length;
  }

  public float[] mean() {
    return mean.clone();
  }

  /** A leading axis, of unit length. */
  public float[] axis(final int k) {
    return axes[k].clone();
  }

  /** Standard deviation of the codes along an axis. */
  public double deviation(final int k) {
    return deviations[k];
  }

  /** Variance of the codes in all directions together, those not kept included. */
  public double variance() {
    return variance;
  }

  /** Share of the codes' variance that lies along an axis, 0 to 1. */
  public double share(final int k) {
    return deviations[k] * deviations[k] / variance;
  }

  /**
   * The code at these coordinates.
   *
   * @param coordinates along the first axes, in standard deviations; those not given are 0
   */
  public float[] code(final double... coordinates) {
    final float[] z = mean.clone();
    for (int k = 0; k < coordinates.length; k++) move(z, k, coordinates[k]);
    return z;
  }

  /** Moves a code along an axis by so many standard deviations. */
  void move(final float[] z, final int k, final double by) {
    for (int d = 0; d < z.length; d++) z[d] += (float) (by * deviations[k] * axes[k][d]);
  }

  /** Where a code lies along each axis, in standard deviations. */
  public double[] coordinates(final float[] code) {
    final double[] c = new double[axes.length];
    for (int k = 0; k < c.length; k++) {
      double sum = 0;
      for (int d = 0; d < mean.length; d++) sum += (double) (code[d] - mean[d]) * axes[k][d];
      c[k] = sum / deviations[k];
    }
    return c;
  }

  private static double dot(final float[] a, final float[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) sum += (double) a[d] * b[d];
    return sum;
  }
}
