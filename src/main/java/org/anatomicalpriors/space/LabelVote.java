package org.anatomicalpriors.space;

/**
 * The majority among the sub-samples of a voxel. Ties are common where voxels double in size, and a
 * rule that favours some labels would make these grow: there the surroundings decide. Not safe for
 * use by several threads.
 */
final class LabelVote {

  private final byte[] source;
  private final int[] size;
  private final SubSamples samples;
  private final double[] votes = new double[256];
  private final double[] around = new double[256];

  /**
   * @param source label index per voxel, unsigned, x fastest
   * @param samples places of the sub-samples about a voxel
   */
  LabelVote(final byte[] source, final int[] size, final SubSamples samples) {
    this.source = source;
    this.size = size;
    this.samples = samples;
  }

  /**
   * The most frequent label.
   *
   * @param seen label at each sub-sample
   * @param x centre of the voxel, in voxels of the source, with y and z
   */
  int winner(final int[] seen, final double x, final double y, final double z) {
    for (final int label : seen) votes[label]++;
    final int winner =
        2 * votes[Resampler.OUTSIDE] > seen.length ? Resampler.OUTSIDE : most(seen, x, y, z);
    for (final int label : seen) votes[label] = 0;
    return winner;
  }

  private int most(final int[] seen, final double x, final double y, final double z) {
    double most = 0;
    for (final int label : seen)
      if (label != Resampler.OUTSIDE) most = Math.max(most, votes[label]);
    int first = Resampler.OUTSIDE;
    boolean tie = false;
    for (final int label : seen) {
      if (label == Resampler.OUTSIDE || votes[label] < most) continue;
      tie |= first != Resampler.OUTSIDE && label != first;
      first = Math.min(first, label);
    }
    return tie ? mostAround(seen, most, x, y, z) : first;
  }

  /** Of those that have {@code most} votes, the one with the largest share around the voxel. */
  private int mostAround(
      final int[] seen, final double most, final double x, final double y, final double z) {
    final double[] o = samples.offsets;
    for (int s = 0; s < samples.count; s++)
      addNeighbours(x + 2 * o[3 * s], y + 2 * o[3 * s + 1], z + 2 * o[3 * s + 2]);
    int best = Resampler.OUTSIDE;
    for (final int label : seen) {
      if (label == Resampler.OUTSIDE || votes[label] < most) continue;
      if (best == Resampler.OUTSIDE
          || around[label] > around[best]
          || around[label] == around[best] && label < best) best = label;
    }
    java.util.Arrays.fill(around, 0);
    return best;
  }

  /** Adds the linear weights of the voxels about a place. */
  private void addNeighbours(final double x, final double y, final double z) {
    final int x0 = (int) Math.floor(x), y0 = (int) Math.floor(y), z0 = (int) Math.floor(z);
    for (int corner = 0; corner < 8; corner++) {
      final int ix = x0 + (corner & 1), iy = y0 + (corner >> 1 & 1), iz = z0 + (corner >> 2);
      if (ix < 0 || iy < 0 || iz < 0 || ix >= size[0] || iy >= size[1] || iz >= size[2]) continue;
      around[source[(iz * size[1] + iy) * size[0] + ix] & 0xff] +=
          (1 - Math.abs(x - ix)) * (1 - Math.abs(y - iy)) * (1 - Math.abs(z - iz));
    }
  }
}
