package org.anatomicalpriors.ui;

import net.imglib2.type.numeric.IntegerType;
import org.anatomicalpriors.labels.LabelMaps;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;

/** The most probable label map of a code, with the volumes of its structures. Immutable. */
final class Anatomy {

  private final float[] code;
  private final SpatialImage<? extends IntegerType<?>> map;
  private final double[] volumes;

  /**
   * @param indices label indices on the grid, x fastest
   */
  Anatomy(
      final float[] code,
      final byte[] indices,
      final Grid grid,
      final LabelSet labels,
      final String name) {
    this.code = code.clone();
    map = LabelMaps.toIds(indices, grid, labels, name);
    final int[] counts = new int[256];
    for (final byte i : indices) counts[i & 0xff]++;
    volumes = new double[labels.size()];
    for (int l = 0; l < volumes.length; l++) volumes[l] = counts[l] * grid.voxelVolume();
  }

  float[] code() {
    return code.clone();
  }

  /** Label ids on the prior's grid. */
  SpatialImage<? extends IntegerType<?>> map() {
    return map;
  }

  /** Volume of the structure with this index in the label set, in cubic units of the grid. */
  double volume(final int label) {
    return volumes[label];
  }
}
