package org.anatomicalpriors.segmentation;

import java.util.function.Function;
import org.anatomicalpriors.model.Exponentials;

/**
 * The most probable label of every voxel, and how sure of each label that leaves one. Voxels are
 * added by several threads, each slice by one; what was found is asked for when all are in.
 */
final class LabelTally {

  /** Voxels whose exponentials are taken together. */
  private static final int TOGETHER = 64;

  private final byte[] winners;
  private final int slice;
  private final Slice[] slices;

  /**
   * @param labels number of labels
   * @param size of the image along x, y, z
   */
  LabelTally(final int labels, final int[] size) {
    slice = size[0] * size[1];
    winners = new byte[slice * size[2]];
    slices = new Slice[size[2]];
    for (int z = 0; z < slices.length; z++) slices[z] = new Slice(labels);
  }

  /** A voxel by its unnormalised log-probabilities. */
  void add(final int voxel, final float[] scores) {
    final int best = Softmax.argmax(scores);
    winners[voxel] = (byte) best;
    slices[voxel / slice].add(best, scores);
  }

  /** Most probable label index of every voxel, 0 of those that were not added. */
  byte[] winners() {
    return winners;
  }

  /** Mean probability of each label where it won, NaN if it did nowhere. */
  double[] confidence() {
    final double[] all = total(s -> s.won);
    final double[] n = total(s -> s.count);
    for (int l = 0; l < all.length; l++) all[l] /= n[l];
    return all;
  }

  /**
   * The Dice that each label has if the probabilities are right: twice the probability where it
   * won, over the voxels that it won and those that it is expected to have. NaN if it won nowhere.
   */
  double[] expectedDice() {
    final double[] shared = total(s -> s.won), size = total(s -> s.expected);
    final double[] n = total(s -> s.count);
    for (int l = 0; l < shared.length; l++)
      shared[l] = n[l] == 0 ? Double.NaN : 2 * shared[l] / (n[l] + size[l]);
    return shared;
  }

  private double[] total(final Function<Slice, double[]> part) {
    final double[] sum = new double[slices[0].count.length];
    for (final Slice s : slices) {
      s.flush();
      final double[] some = part.apply(s);
      for (int l = 0; l < sum.length; l++) sum[l] += some[l];
    }
    return sum;
  }

  /** The sums over the voxels of a slice, per label. */
  private static final class Slice {
    final double[] won;
    final double[] expected;
    final double[] count;
    private final int labels;
    private final int[] best = new int[TOGETHER];
    private float[] waiting; // probabilities relative to the highest, as logarithms until flushed
    private int held;

    Slice(final int labels) {
      this.labels = labels;
      won = new double[labels];
      expected = new double[labels];
      count = new double[labels];
    }

    void add(final int winner, final float[] scores) {
      if (waiting == null) waiting = new float[TOGETHER * labels];
      for (int l = 0, i = held * labels; l < labels; l++, i++)
        waiting[i] = scores[l] - scores[winner];
      best[held++] = winner;
      if (held == TOGETHER) flush();
    }

    void flush() {
      if (held == 0) return;
      Exponentials.of(waiting, held * labels);
      for (int v = 0; v < held; v++) {
        final int row = v * labels;
        float total = 0;
        for (int l = 0; l < labels; l++) total += waiting[row + l];
        final float share = 1 / total;
        for (int l = 0; l < labels; l++) expected[l] += waiting[row + l] * share;
        won[best[v]] += share;
        count[best[v]]++;
      }
      held = 0;
    }
  }
}
