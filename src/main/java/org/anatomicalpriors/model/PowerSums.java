package org.anatomicalpriors.model;

/**
 * The products of a voxel's K intensities in which a Gaussian's log-density is linear: x_a x_b for
 * a at most b, row by row, then x_a, then 1. Their sums over voxels are all that the Gaussian's
 * mean and covariance need. Of one channel they are x^2, x, 1.
 */
final class PowerSums {

  private PowerSums() {}

  /** F, the number of products of K channels. */
  static int count(final int channels) {
    return channels * (channels + 3) / 2 + 1;
  }

  /** Where x_a x_b is, in whichever order. */
  static int square(final int a, final int b, final int channels) {
    final int low = Math.min(a, b);
    return low * (2 * channels - low + 1) / 2 + Math.max(a, b) - low;
  }

  /** Where x_a is. */
  static int linear(final int a, final int channels) {
    return channels * (channels + 1) / 2 + a;
  }

  /** Where 1 is. */
  static int one(final int channels) {
    return channels * (channels + 3) / 2;
  }

  /**
   * Adds a voxel's products, weighted, to sums.
   *
   * @param products of the voxel, from {@link #of}
   * @param sums to which they are added from {@code at} on
   */
  static void add(final double weight, final double[] products, final double[] sums, final int at) {
    if (products.length == 3) { // one channel: without the cost of a loop
      sums[at] += weight * products[0];
      sums[at + 1] += weight * products[1];
      sums[at + 2] += weight * products[2];
    } else for (int i = 0; i < products.length; i++) sums[at + i] += weight * products[i];
  }

  /**
   * The products of a voxel.
   *
   * @param x holds the intensities from {@code at} on
   * @param out receives F values
   */
  static void of(final float[] x, final int at, final int channels, final double[] out) {
    if (channels == 1) {
      out[0] = (double) x[at] * x[at];
      out[1] = x[at];
      out[2] = 1;
      return;
    }
    int i = 0;
    for (int a = 0; a < channels; a++)
      for (int b = a; b < channels; b++) out[i++] = (double) x[at + a] * x[at + b];
    for (int a = 0; a < channels; a++) out[i++] = x[at + a];
    out[i] = 1;
  }
}
