package org.anatomicalpriors.segmentation;

import org.anatomicalpriors.model.DensityBlock;
import org.anatomicalpriors.model.ImageVector;
import org.anatomicalpriors.model.IntensityModel;

/**
 * Densities of single voxels in every intensity group, found for the next voxels of a row at once:
 * voxels are mostly asked for one after the other. For one thread.
 */
final class RowDensities {

  private static final float OUTLIERS = (float) IntensityModel.OUTLIERS;
  private static final float LOG_OUTLIERS = (float) Math.log(IntensityModel.OUTLIERS);

  private final ImageVector image;
  private final int row;
  private final DensityBlock densities;
  private final int[] voxels = new int[DensityBlock.SIZE];
  private final int[] places = new int[DensityBlock.SIZE];
  private final float[] values;
  private float[][] block;
  private int first;
  private int end;

  /**
   * @param row voxels of a row
   */
  RowDensities(final ImageVector image, final IntensityModel intensities, final int row) {
    this.image = image;
    this.row = row;
    densities = new DensityBlock(intensities);
    values = new float[intensities.groups()];
  }

  /**
   * Of a voxel, from those channels that are known of it, outliers included.
   *
   * @return a value per group, which the next call writes over; null if no channel is known
   */
  float[] of(final int voxel) {
    if (image.mask()[voxel] == 0) return null;
    if (voxel < first || voxel >= end) fill(voxel);
    final int place = places[voxel - first];
    for (int g = 0; g < values.length; g++) values[g] = block[g][place];
    return values;
  }

  /** The same as logarithms. */
  float[] logs(final int voxel) {
    if (of(voxel) == null) return null;
    for (int g = 0; g < values.length; g++) values[g] = log(values[g]);
    return values;
  }

  private void fill(final int voxel) {
    first = voxel;
    end = Math.min(voxel + DensityBlock.SIZE, (voxel / row + 1) * row);
    int count = 0;
    for (int v = first; v < end; v++) {
      if (image.mask()[v] == 0) continue;
      places[v - first] = count;
      voxels[count++] = v;
    }
    densities.of(image, voxels, count);
    block = densities.groups();
  }

  /** Most groups are far from a voxel's intensities, so that theirs is known. */
  private static float log(final float density) {
    return density == OUTLIERS ? LOG_OUTLIERS : (float) Math.log(density);
  }
}
