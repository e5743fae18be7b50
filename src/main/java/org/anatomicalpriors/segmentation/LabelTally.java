package org.anatomicalpriors.segmentation;

/**
 * The most probable label of every voxel, and how sure of each label that leaves one. Voxels are
 * added by several threads, each slice by one.
 */
final class LabelTally {

  /** Below this difference of log-probabilities a label adds nothing that a float could show. */
  private static final double NOTHING = -30;

  private final byte[] winners;
  private final int slice;
  private final double[][] won;
  private final double[][] expected;
  private final long[][] count;

  /**
   * @param labels number of labels
   * @param size of the image along x, y, z
   */
  LabelTally(final int labels, final int[] size) {
    slice = size[0] * size[1];
    winners = new byte[slice * size[2]];
    won = new double[size[2]][labels];
    expected = new double[size[2]][labels];
    count = new long[size[2]][labels];
  }

  /** A voxel by its unnormalised log-probabilities. */
  void add(final int voxel, final float[] scores) {
    final int best = Softmax.argmax(scores);
    final double[] sum = expected[voxel / slice];
    double total = 0;
    for (final float s : scores)
      if (s - scores[best] > NOTHING) total += Math.exp(s - scores[best]);
    for (int l = 0; l < scores.length; l++)
      if (scores[l] - scores[best] > NOTHING) sum[l] += Math.exp(scores[l] - scores[best]) / total;
    winners[voxel] = (byte) best;
    won[voxel / slice][best] += 1 / total;
    count[voxel / slice][best]++;
  }

  /** Most probable label index of every voxel, 0 of those that were not added. */
  byte[] winners() {
    return winners;
  }

  /** Mean probability of each label where it won, NaN if it did nowhere. */
  double[] confidence() {
    final double[] all = total(won);
    final double[] n = voxels();
    for (int l = 0; l < all.length; l++) all[l] /= n[l];
    return all;
  }

  /**
   * The Dice that each label has if the probabilities are right: twice the probability where it
   * won, over the voxels that it won and those that it is expected to have. NaN if it won nowhere.
   */
  double[] expectedDice() {
    final double[] shared = total(won), size = total(expected);
    final double[] n = voxels();
    for (int l = 0; l < shared.length; l++)
      shared[l] = n[l] == 0 ? Double.NaN : 2 * shared[l] / (n[l] + size[l]);
    return shared;
  }

  private double[] voxels() {
    final double[] n = new double[count[0].length];
    for (final long[] slices : count) for (int l = 0; l < n.length; l++) n[l] += slices[l];
    return n;
  }

  private static double[] total(final double[][] slices) {
    final double[] sum = new double[slices[0].length];
    for (final double[] s : slices) for (int l = 0; l < sum.length; l++) sum[l] += s[l];
    return sum;
  }
}
