package org.anatomicalpriors.model;

/**
 * A Gaussian of the intensities of K channels, or of some of them. Immutable.
 *
 * <p>Densities come from the Cholesky factor L of the covariance: with y = L^-1 (x - mean), log N =
 * -1/2 (y'y + K log 2 pi) - sum log L_aa.
 */
final class NormalDensity {

  private final int[] channels; // places of the intensities in a voxel's row
  private final double[] mean;
  private final double[] covariance; // (K, K) by rows
  private final double[] whitening; // L^-1, (K, K) by rows
  private final double logPeak;

  /**
   * @param mean K values
   * @param covariance (K, K) by rows, symmetric
   * @param smallest variance that remains of any channel, the others known: a lesser one is raised
   */
  NormalDensity(final double[] mean, final double[] covariance, final double smallest) {
    this(upTo(mean.length), mean, covariance, smallest);
  }

  private NormalDensity(
      final int[] channels, final double[] mean, final double[] covariance, final double smallest) {
    this.channels = channels;
    this.mean = mean;
    final int k = mean.length;
    final double[] factor = new double[k * k];
    this.covariance = cholesky(covariance, k, smallest, factor);
    whitening = invertLower(factor, k);
    double log = -0.5 * k * Math.log(2 * Math.PI);
    for (int a = 0; a < k; a++) log -= 0.5 * Math.log(factor[a * k + a] * factor[a * k + a]);
    logPeak = log;
  }

  private static int[] upTo(final int k) {
    final int[] all = new int[k];
    for (int a = 0; a < k; a++) all[a] = a;
    return all;
  }

  /**
   * @param factor receives L
   * @return the covariance, L L'
   */
  private static double[] cholesky(
      final double[] covariance, final int k, final double smallest, final double[] factor) {
    final double[] made = covariance.clone();
    for (int a = 0; a < k; a++)
      for (int b = 0; b <= a; b++) {
        double known = 0;
        for (int i = 0; i < b; i++) known += factor[a * k + i] * factor[b * k + i];
        final double rest = covariance[a * k + b] - known;
        if (a > b) {
          factor[a * k + b] = rest / factor[b * k + b];
          continue;
        }
        factor[a * k + a] = Math.sqrt(Math.max(smallest, rest));
        made[a * k + a] = Math.max(smallest, rest) + known;
      }
    return made;
  }

  private static double[] invertLower(final double[] l, final int k) {
    final double[] inverse = new double[k * k];
    for (int column = 0; column < k; column++)
      for (int row = column; row < k; row++) {
        double sum = row == column ? 1 : 0;
        for (int i = column; i < row; i++) sum -= l[row * k + i] * inverse[i * k + column];
        inverse[row * k + column] = sum / l[row * k + row];
      }
    return inverse;
  }

  /** The Gaussian of some channels, whatever the others are. */
  NormalDensity marginal(final int[] some) {
    final int k = some.length;
    final double[] m = new double[k], v = new double[k * k];
    for (int a = 0; a < k; a++) {
      m[a] = mean[some[a]];
      for (int b = 0; b < k; b++) v[a * k + b] = covariance(some[a], some[b]);
    }
    return new NormalDensity(some, m, v, 0);
  }

  /** K. */
  int channels() {
    return mean.length;
  }

  double mean(final int channel) {
    return mean[channel];
  }

  double covariance(final int a, final int b) {
    return covariance[a * mean.length + b];
  }

  /** log N at the mean. */
  double logPeak() {
    return logPeak;
  }

  /**
   * log N(x).
   *
   * @param x holds a voxel's intensities from {@code at} on
   */
  double log(final float[] x, final int at) {
    double squares = 0;
    for (int a = 0; a < mean.length; a++) {
      final double y = white(x, at, a);
      squares += y * y;
    }
    return logPeak - 0.5 * squares;
  }

  /** One of the K values of L^-1 (x - mean). */
  private double white(final float[] x, final int at, final int row) {
    double y = 0;
    for (int b = 0; b <= row; b++)
      y += whitening[row * mean.length + b] * (x[at + channels[b]] - mean[b]);
    return y;
  }

  /** An element of the precision, the inverse of the covariance. */
  double precision(final int a, final int b) {
    final int k = mean.length;
    double p = 0;
    for (int row = Math.max(a, b); row < k; row++)
      p += whitening[row * k + a] * whitening[row * k + b];
    return p;
  }
}
