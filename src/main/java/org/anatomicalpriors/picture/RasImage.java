package org.anatomicalpriors.picture;

import net.imglib2.RandomAccess;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;

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
    final int[] min = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
    final int[] max = {-1, -1, -1};
    final int[] at = new int[3];
    final RandomAccess<? extends RealType<?>> access = image.voxels().randomAccess();
    for (at[2] = 0; at[2] < size(2); at[2]++) {
      place(access, 2, at[2]);
      for (at[1] = 0; at[1] < size(1); at[1]++) {
        place(access, 1, at[1]);
        for (at[0] = 0; at[0] < size(0); at[0]++) {
          place(access, 0, at[0]);
          if (access.get().getRealDouble() == 0) continue;
          for (int d = 0; d < 3; d++) {
            min[d] = Math.min(min[d], at[d]);
            max[d] = Math.max(max[d], at[d]);
          }
        }
      }
    }
    return max[0] < 0 ? null : new Box(min, max);
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
