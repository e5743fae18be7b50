package org.anatomicalpriors.segmentation;

import java.util.BitSet;
import org.anatomicalpriors.space.Grid;

/**
 * The voxels of a prior's grid in which the anatomy may be: those where at least one in a hundred
 * of the label maps that the prior learned from has a structure, and a margin round them. What lies
 * beyond, such as air, neck or embedding, is background and tells nothing of the background beside
 * the anatomy. Immutable.
 */
final class AnatomyRegion {

  /** Least share of the label maps, above the atlas's floor for what none of them has. */
  private static final double POSSIBLE = 0.01;

  /**
   * The margin, in the prior's extents: an image's anatomy may be larger than all that were seen.
   */
  private static final double MARGIN = 0.06;

  private final BitSet inside;
  private final int[] size;

  private AnatomyRegion(final BitSet inside, final int[] size) {
    this.inside = inside;
    this.size = size;
  }

  /**
   * @param atlas label probabilities on the prior's grid, (V, L) by rows, the background first
   */
  static AnatomyRegion of(final float[] atlas, final Grid prior) {
    final int labels = atlas.length / prior.voxelCount();
    BitSet inside = new BitSet(prior.voxelCount());
    for (int v = 0; v < prior.voxelCount(); v++)
      if (atlas[v * labels] < 1 - POSSIBLE) inside.set(v);
    int stride = 1;
    for (int d = 0; d < 3; d++) {
      final int reach = (int) Math.ceil(MARGIN * prior.extent() / prior.spacing()[d]);
      inside = widened(inside, prior.size(), d, stride, reach);
      stride *= prior.size(d);
    }
    return new AnatomyRegion(inside, prior.size());
  }

  /** Every voxel inside with its neighbours along an axis. */
  private static BitSet widened(
      final BitSet inside, final int[] size, final int axis, final int stride, final int reach) {
    final BitSet wide = new BitSet(inside.size());
    for (int v = inside.nextSetBit(0); v >= 0; v = inside.nextSetBit(v + 1)) {
      final int at = v / stride % size[axis];
      final int from = Math.max(0, at - reach), to = Math.min(size[axis] - 1, at + reach);
      for (int i = from; i <= to; i++) wide.set(v + (i - at) * stride);
    }
    return wide;
  }

  /** Whether a voxel of the prior's grid, in x-fastest order, lies inside. */
  boolean contains(final int voxel) {
    return inside.get(voxel);
  }

  /** Whether a place of the prior's grid, in voxels, lies inside. */
  boolean contains(final double x, final double y, final double z) {
    final int i = (int) Math.rint(x), j = (int) Math.rint(y), k = (int) Math.rint(z);
    return i >= 0
        && j >= 0
        && k >= 0
        && i < size[0]
        && j < size[1]
        && k < size[2]
        && inside.get((k * size[1] + j) * size[0] + i);
  }
}
