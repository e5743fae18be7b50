package org.anatomicalpriors.evaluation;

import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.IntType;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;

/** Small label maps for tests. */
final class LabelMaps {

  private LabelMaps() {}

  static Grid grid(final int[] size, final double... spacing) {
    return new Grid(size, Affine.scale(spacing[0], spacing[1], spacing[2]), "mm");
  }

  static SpatialImage<IntType> empty(final String name, final Grid grid) {
    return new SpatialImage<>(ArrayImgs.ints(grid.size(0), grid.size(1), grid.size(2)), grid, name);
  }

  /** Fills voxels from {@code min} to {@code max}, both included. */
  static SpatialImage<IntType> box(
      final SpatialImage<IntType> map, final int id, final int[] min, final int[] max) {
    for (int z = min[2]; z <= max[2]; z++)
      for (int y = min[1]; y <= max[1]; y++)
        for (int x = min[0]; x <= max[0]; x++) map.voxels().getAt(x, y, z).set(id);
    return map;
  }

  static SpatialImage<IntType> ball(
      final SpatialImage<IntType> map, final int id, final double radius, final double... centre) {
    final Grid grid = map.grid();
    for (int z = 0; z < grid.size(2); z++)
      for (int y = 0; y < grid.size(1); y++)
        for (int x = 0; x < grid.size(0); x++) {
          final double[] p = grid.toWorld().apply(x, y, z);
          final double dx = p[0] - centre[0], dy = p[1] - centre[1], dz = p[2] - centre[2];
          if (dx * dx + dy * dy + dz * dz <= radius * radius) map.voxels().getAt(x, y, z).set(id);
        }
    return map;
  }
}
