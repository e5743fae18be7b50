package org.anatomicalpriors.model;

/**
 * What a Gaussian of K channels says of voxels of which some channels are unknown: the density of
 * the known ones, and what the unknown ones are expected to be. Immutable.
 */
final class PartialDensity {

  private final int channels;
  private final int[] given;
  private final int[] missing;
  private final NormalDensity whole;

  /** By how much an unknown channel is expected to follow a known one, (missing, given). */
  private final double[][] slope;

  /** Covariance of the unknown channels, the known ones given, (missing, missing). */
  private final double[][] rest;

  /** The known channels, whatever the others are. */
  final NormalDensity known;

  /**
   * @param present bits of the known channels: 1 for the first, 2 for the second, ...
   */
  PartialDensity(final NormalDensity whole, final int present) {
    this.whole = whole;
    channels = whole.channels();
    given = channels(present);
    missing = channels(~present & (1 << channels) - 1);
    known = whole.marginal(given);
    slope = new double[missing.length][given.length];
    rest = new double[missing.length][missing.length];
    for (int i = 0; i < missing.length; i++)
      for (int j = 0; j < given.length; j++)
        for (int b = 0; b < given.length; b++)
          slope[i][j] += whole.covariance(missing[i], given[b]) * known.precision(b, j);
    for (int i = 0; i < missing.length; i++)
      for (int h = 0; h < missing.length; h++) {
        rest[i][h] = whole.covariance(missing[i], missing[h]);
        for (int j = 0; j < given.length; j++)
          rest[i][h] -= slope[i][j] * whole.covariance(given[j], missing[h]);
      }
  }

  private static int[] channels(final int bits) {
    final int[] all = new int[Integer.bitCount(bits)];
    for (int a = 0, i = 0; i < all.length; a++) if ((bits & 1 << a) != 0) all[i++] = a;
    return all;
  }

  /**
   * The expectation of the voxel's {@link PowerSums}.
   *
   * @param x holds the known intensities, at their places from {@code at} on
   * @param out receives F values
   */
  void expectedPowers(final float[] x, final int at, final double[] out) {
    final float[] completed = new float[channels];
    for (final int a : given) completed[a] = x[at + a];
    for (int i = 0; i < missing.length; i++) {
      double expected = whole.mean(missing[i]);
      for (int j = 0; j < given.length; j++)
        expected += slope[i][j] * (x[at + given[j]] - whole.mean(given[j]));
      completed[missing[i]] = (float) expected;
    }
    PowerSums.of(completed, 0, channels, out);
    for (int i = 0; i < missing.length; i++)
      for (int h = i; h < missing.length; h++)
        out[PowerSums.square(missing[i], missing[h], channels)] += rest[i][h];
  }
}
