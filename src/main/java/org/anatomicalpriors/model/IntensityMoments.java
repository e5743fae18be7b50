package org.anatomicalpriors.model;

/**
 * Weighted means and covariances of the intensities in several sets of voxels. Where channels are
 * unknown, every channel's mean and variance are those of the voxels that know it, and how channels
 * go together is told by those that know all. Not safe for several threads.
 */
final class IntensityMoments {

  private static final double LITTLE = 1e-9;

  private final int channels;
  private final int powers;

  /** Of the complete voxels, the {@link PowerSums}: (sets, F). */
  private final double[] complete;

  /** Of the others, weight, sum and squares of every channel that is known: (sets, K, 3). */
  private final double[] single;

  private final double[] row;

  IntensityMoments(final int sets, final int channels) {
    this.channels = channels;
    powers = PowerSums.count(channels);
    complete = new double[sets * powers];
    single = new double[sets * channels * 3];
    row = new double[powers];
  }

  /** Adds a voxel to all sets, the weight of each in {@code weights} from {@code at} on. */
  void add(final ImageVector x, final int voxel, final float[] weights, final int at) {
    final boolean whole = x.isComplete(voxel);
    if (whole) PowerSums.of(x.values(), voxel * channels, channels, row);
    for (int s = 0; s < complete.length / powers; s++)
      if (whole) PowerSums.add(weights[at + s], row, complete, s * powers);
      else addSingly(x, voxel, weights[at + s], s);
  }

  /** Adds a voxel to one set. */
  void add(final ImageVector x, final int voxel, final double weight, final int set) {
    if (!x.isComplete(voxel)) {
      addSingly(x, voxel, weight, set);
      return;
    }
    PowerSums.of(x.values(), voxel * channels, channels, row);
    PowerSums.add(weight, row, complete, set * powers);
  }

  private void addSingly(final ImageVector x, final int voxel, final double weight, final int set) {
    for (int a = 0; a < channels; a++) {
      if (!x.isKnown(voxel, a)) continue;
      final double value = x.values()[voxel * channels + a];
      final int i = (set * channels + a) * 3;
      single[i] += weight;
      single[i + 1] += weight * value;
      single[i + 2] += weight * value * value;
    }
  }

  /** Weight of the voxels that know a channel. */
  private double weight(final int set, final int channel) {
    return wholeWeight(set) + single[(set * channels + channel) * 3];
  }

  private double wholeWeight(final int set) {
    return complete[set * powers + PowerSums.one(channels)];
  }

  /** Weight of a set's voxels: of the channel that most of them know. */
  double weight(final int set) {
    double most = 0;
    for (int a = 0; a < channels; a++) most = Math.max(most, weight(set, a));
    return most;
  }

  /** Mean of every channel; 0 of one that no voxel knows. */
  double[] mean(final int set) {
    final double[] mean = new double[channels];
    for (int a = 0; a < channels; a++)
      mean[a] =
          (complete[set * powers + PowerSums.linear(a, channels)]
                  + single[(set * channels + a) * 3 + 1])
              / Math.max(weight(set, a), LITTLE);
    return mean;
  }

  /**
   * Covariance (K, K) by rows, variances no smaller than {@link IntensityModel#SMALLEST_VARIANCE}.
   *
   * @param related covariance of channels that go together as those of this set do, (K, K); of no
   *     matter if all voxels of the set are complete
   */
  double[] covariance(final int set, final double[] related) {
    final double[] mean = mean(set), covariance = new double[channels * channels];
    boolean whole = true;
    for (int a = 0; a < channels; a++) whole &= single[(set * channels + a) * 3] == 0;
    for (int a = 0; a < channels; a++)
      for (int b = 0; b < channels; b++)
        if (a == b || whole) covariance[a * channels + b] = covariance(set, a, b, mean);
    for (int a = 0; a < channels; a++)
      covariance[a * channels + a] =
          Math.max(IntensityModel.SMALLEST_VARIANCE, covariance[a * channels + a]);
    for (int a = 0; a < channels && !whole; a++)
      for (int b = 0; b < channels; b++)
        if (a != b)
          covariance[a * channels + b] =
              related[a * channels + b]
                  * Math.sqrt(
                      covariance[a * channels + a]
                          / related[a * channels + a]
                          * covariance[b * channels + b]
                          / related[b * channels + b]);
    return covariance;
  }

  private double covariance(final int set, final int a, final int b, final double[] mean) {
    final double squares =
        complete[set * powers + PowerSums.square(a, b, channels)]
            + (a == b ? single[(set * channels + a) * 3 + 2] : 0);
    return squares / Math.max(weight(set, a), LITTLE) - mean[a] * mean[b];
  }

  /** Covariance within some sets, from their complete voxels, (K, K) by rows. */
  double[] within(final int firstSet, final int sets) {
    final double[] pooled = new double[channels * channels];
    double count = 0;
    for (int s = firstSet; s < firstSet + sets; s++) {
      final double n = wholeWeight(s);
      if (n <= LITTLE) continue;
      count += n;
      final int at = s * powers;
      for (int a = 0; a < channels; a++)
        for (int b = 0; b < channels; b++)
          pooled[a * channels + b] +=
              complete[at + PowerSums.square(a, b, channels)]
                  - complete[at + PowerSums.linear(a, channels)]
                      * complete[at + PowerSums.linear(b, channels)]
                      / n;
    }
    for (int i = 0; i < pooled.length; i++) pooled[i] /= Math.max(count, LITTLE);
    for (int a = 0; a < channels; a++)
      pooled[a * channels + a] =
          Math.max(IntensityModel.SMALLEST_VARIANCE, pooled[a * channels + a]);
    return pooled;
  }
}
