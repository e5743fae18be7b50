package org.anatomicalpriors.evaluation;

import java.util.EnumMap;
import org.anatomicalpriors.space.Grid;

/** Computes the measures of one label after the other for two label maps on one grid. */
final class LabelScorer {

  private final int[] reference;
  private final int[] segmented;
  private final Grid grid;

  LabelScorer(final int[] reference, final int[] segmented, final Grid grid) {
    this.reference = reference;
    this.segmented = segmented;
    this.grid = grid;
  }

  EnumMap<Measure, Double> score(final int id, final LabelPair pair) {
    final EnumMap<Measure, Double> values = new EnumMap<>(Measure.class);
    final double voxel = grid.voxelVolume();
    final double difference = pair.segmentedCount - pair.referenceCount;
    values.put(Measure.REFERENCE_VOLUME, voxel * pair.referenceCount);
    values.put(Measure.VOLUME, voxel * pair.segmentedCount);
    values.put(Measure.VOLUME_DIFFERENCE, voxel * difference);
    if (pair.referenceCount > 0)
      values.put(Measure.VOLUME_DIFFERENCE_PERCENT, 100 * difference / pair.referenceCount);
    if (pair.referenceCount + pair.segmentedCount > 0)
      values.put(
          Measure.DICE, 2.0 * pair.sharedCount / (pair.referenceCount + pair.segmentedCount));
    if (pair.referenceCount > 0 && pair.segmentedCount > 0) {
      final SurfaceDistances distances =
          new SurfaceDistances(
              cut(reference, id, pair),
              cut(segmented, id, pair),
              pair.boxSize(),
              grid.spacing(),
              grid.is2D());
      values.put(Measure.HAUSDORFF_95, distances.hausdorff95());
      values.put(Measure.SURFACE_DISTANCE, distances.average());
    }
    return values;
  }

  private boolean[] cut(final int[] map, final int id, final LabelPair pair) {
    final int[] size = pair.boxSize();
    final boolean[] mask = new boolean[size[0] * size[1] * size[2]];
    int i = 0;
    for (int z = pair.min[2]; z <= pair.max[2]; z++)
      for (int y = pair.min[1]; y <= pair.max[1]; y++) {
        int from = pair.min[0] + grid.size(0) * (y + grid.size(1) * z);
        for (int x = 0; x < size[0]; x++) mask[i++] = map[from++] == id;
      }
    return mask;
  }
}
