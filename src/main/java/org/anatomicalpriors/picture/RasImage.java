package org.anatomicalpriors.picture;

import net.imglib2.RandomAccess;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;

/**
 * An image seen along the world's axes: voxels are counted to the right, to the front and to the
 * top, however the file stores them. Nothing is resampled; an oblique grid is shown by its nearest
 * axes.
 */
final class RasImage {

  private final SpatialImage<? extends RealType<?>> image;
  private final WorldAxes axes;

  RasImage(final SpatialImage<? extends RealType<?>> image) {
    this.image = image;
    this.axes = new WorldAxes(image.grid().toWorld());
  }

  String name() {
    return image.name();
  }

  Grid grid() {
    return image.grid();
  }

  /** Number of voxels along a world axis. */
  int size(final int worldAxis) {
    return grid().size(axes.voxelAxis(worldAxis));
  }

  double spacing(final int worldAxis) {
    return grid().spacing()[axes.voxelAxis(worldAxis)];
  }

  /** World coordinate of a slice at its centre. */
  double coordinate(final Plane plane, final int position) {
    final double[] voxel = new double[3];
    for (int d = 0; d < 3; d++) voxel[d] = 0.5 * (grid().size(d) - 1);
    voxel[axes.voxelAxis(plane.through())] = stored(plane.through(), position);
    return grid().toWorld().apply(voxel)[plane.through()];
  }

  /** The part of a slice inside a box, top row first. */
  Slice slice(final Plane plane, final int position, final Box box) {
    final int width = box.size(plane.across()), height = box.size(plane.up());
    final float[] values = new float[width * height];
    final RandomAccess<? extends RealType<?>> access = image.voxels().randomAccess();
    place(access, plane.through(), position);
    for (int row = 0, i = 0; row < height; row++) {
      place(access, plane.up(), box.max(plane.up()) - row);
      for (int column = 0; column < width; column++, i++) {
        place(access, plane.across(), box.min(plane.across()) + column);
        values[i] = access.get().getRealFloat();
      }
    }
    return new Slice(values, width, height);
  }

  /** The smallest box that holds all voxels that are not 0, or null if all are. */
  Box foreground() {
    final int nx = grid().size(0);
    final int[] min = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
    final int[] max = {-1, -1, -1};
    final VoxelRows rows = new VoxelRows(image.voxels());
    final double[] row = new double[nx];
    for (int z = 0; z < grid().size(2); z++)
      for (int y = 0; y < grid().size(1); y++) {
        rows.read(y, z, row);
        int first = 0, last = nx - 1;
        while (first < nx && row[first] == 0) first++;
        if (first == nx) continue;
        while (row[last] == 0) last--;
        include(min, max, 0, first);
        include(min, max, 0, last);
        include(min, max, 1, y);
        include(min, max, 2, z);
      }
    return max[0] < 0 ? null : box(min, max);
  }

  private static void include(final int[] min, final int[] max, final int axis, final int at) {
    min[axis] = Math.min(min[axis], at);
    max[axis] = Math.max(max[axis], at);
  }

  /** A box along the world's axes, from one along the file's. */
  private Box box(final int[] min, final int[] max) {
    final int[] low = new int[3], high = new int[3];
    for (int w = 0; w < 3; w++) {
      final int d = axes.voxelAxis(w);
      low[w] = stored(w, axes.reversed(w) ? max[d] : min[d]);
      high[w] = stored(w, axes.reversed(w) ? min[d] : max[d]);
    }
    return new Box(low, high);
  }

  Box whole() {
    return new Box(new int[3], new int[] {size(0) - 1, size(1) - 1, size(2) - 1});
  }

  private int stored(final int worldAxis, final int position) {
    return axes.reversed(worldAxis) ? size(worldAxis) - 1 - position : position;
  }

  private void place(
      final RandomAccess<? extends RealType<?>> access, final int worldAxis, final int position) {
    access.setPosition(stored(worldAxis, position), axes.voxelAxis(worldAxis));
  }
}
