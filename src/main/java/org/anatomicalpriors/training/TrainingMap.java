package org.anatomicalpriors.training;

import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.Resampler;

/**
 * A label map to learn from: label indices at the map's own resolution, and where they lie in the
 * common space. Immutable by convention: the array is shared, not copied.
 */
public final class TrainingMap {

  private final byte[] indices;
  private final Grid grid;
  private final Affine toCommon;
  private final String name;

  /**
   * @param indices label index per voxel, unsigned, x fastest; 255 is unknown
   * @param grid the map's voxels in its own world
   * @param toCommon its own world to the common space
   * @param name what messages call it
   */
  public TrainingMap(
      final byte[] indices, final Grid grid, final Affine toCommon, final String name) {
    if (indices.length != grid.voxelCount())
      throw new IllegalArgumentException(indices.length + " indices for " + grid);
    this.indices = indices;
    this.grid = grid;
    this.toCommon = toCommon;
    this.name = name;
  }

  /**
   * The part of this map that holds labels, with a margin: the same map, in less memory.
   *
   * @param margin voxels kept at each side, as far as the map reaches
   * @throws InvalidInputException if no voxel is labelled
   */
  public TrainingMap crop(final int margin) {
    final int[] low = grid.size();
    final int[] high = {-1, -1, -1};
    int i = 0;
    for (int z = 0; z < grid.size(2); z++)
      for (int y = 0; y < grid.size(1); y++)
        for (int x = 0; x < grid.size(0); x++) {
          if (indices[i++] == 0) continue;
          final int[] p = {x, y, z};
          for (int d = 0; d < 3; d++) {
            low[d] = Math.min(low[d], p[d]);
            high[d] = Math.max(high[d], p[d]);
          }
        }
    if (high[0] < 0)
      throw new InvalidInputException(
          name + " holds background only; give a map with labels or leave it out.");
    final int[] size = new int[3];
    for (int d = 0; d < 3; d++) {
      low[d] = Math.max(0, low[d] - margin);
      high[d] = Math.min(grid.size(d) - 1, high[d] + margin);
      size[d] = high[d] - low[d] + 1;
    }
    final byte[] cropped = new byte[size[0] * size[1] * size[2]];
    for (int z = 0; z < size[2]; z++)
      for (int y = 0; y < size[1]; y++)
        System.arraycopy(
            indices,
            ((z + low[2]) * grid.size(1) + y + low[1]) * grid.size(0) + low[0],
            cropped,
            (z * size[1] + y) * size[0],
            size[0]);
    final Affine shift = Affine.translation(low[0], low[1], low[2]);
    final Grid part = new Grid(size, grid.toWorld().after(shift), grid.unit());
    return new TrainingMap(cropped, part, toCommon, name);
  }

  /**
   * Label at a place in voxels, by the nearest voxel. Outside the map it is background if the map's
   * nearest border voxel is (the structures end inside), else 255: unknown.
   */
  int nearest(final double x, final double y, final double z) {
    final int nx = grid.size(0), ny = grid.size(1), nz = grid.size(2);
    final int fx = (int) Math.floor(x + 0.5);
    final int fy = (int) Math.floor(y + 0.5);
    final int fz = (int) Math.floor(z + 0.5);
    final int ix = Math.max(0, Math.min(fx, nx - 1));
    final int iy = Math.max(0, Math.min(fy, ny - 1));
    final int iz = Math.max(0, Math.min(fz, nz - 1));
    final int label = indices[(iz * ny + iy) * nx + ix] & 0xff;
    final boolean inside = ix == fx && iy == fy && iz == fz;
    return inside || label == 0 ? label : Resampler.OUTSIDE;
  }

  public byte[] indices() {
    return indices;
  }

  public Grid grid() {
    return grid;
  }

  /** The map's own world to the common space. */
  public Affine toCommon() {
    return toCommon;
  }

  public String name() {
    return name;
  }
}
