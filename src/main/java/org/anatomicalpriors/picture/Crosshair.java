package org.anatomicalpriors.picture;

import java.util.HashSet;
import java.util.Set;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;

/**
 * A voxel of a grid, counted along the world's axes: to the right, to the front, to the top.
 * Immutable.
 */
public final class Crosshair {

  private final int[] size;
  private final int[] at;

  private Crosshair(final int[] size, final int[] at) {
    this.size = size;
    this.at = at;
  }

  /** The voxel in the middle of a grid. */
  public static Crosshair centre(final Grid grid) {
    final WorldAxes axes = new WorldAxes(grid.toWorld());
    final int[] size = new int[3], at = new int[3];
    for (int w = 0; w < 3; w++) {
      size[w] = grid.size(axes.voxelAxis(w));
      at[w] = size[w] / 2;
    }
    return new Crosshair(size, at);
  }

  /**
   * Where the slices show most structures; of several such slices the one with most labelled
   * voxels. The middle for a map without labels.
   */
  public static Crosshair richest(final SpatialImage<? extends RealType<?>> labels) {
    final RasImage map = new RasImage(labels);
    Crosshair at = centre(labels.grid());
    for (final Plane plane : Plane.of(labels.grid())) {
      long most = 0;
      for (int i = 0; i < map.size(plane.through()); i++) {
        final long rich = richness(map.slice(plane, i, map.whole()));
        if (rich > most) {
          most = rich;
          at = at.with(plane.through(), i);
        }
      }
    }
    return at;
  }

  private static long richness(final Slice slice) {
    final Set<Integer> found = new HashSet<>();
    int last = 0, voxels = 0;
    for (int row = 0; row < slice.height(); row++)
      for (int column = 0; column < slice.width(); column++) {
        final int label = (int) slice.get(column, row);
        if (label == 0) continue;
        if (label != last) found.add(label);
        last = label;
        voxels++;
      }
    return ((long) found.size() << 32) + voxels;
  }

  int get(final int worldAxis) {
    return at[worldAxis];
  }

  /** Moved to a position on one world axis, or to the grid's nearest. */
  Crosshair with(final int worldAxis, final int position) {
    final int[] moved = at.clone();
    moved[worldAxis] = Math.max(0, Math.min(size[worldAxis] - 1, position));
    return new Crosshair(size, moved);
  }

  /** Moved by so many slices of a plane, but not off the grid. */
  public Crosshair through(final Plane plane, final int slices) {
    return with(plane.through(), at[plane.through()] + slices);
  }
}
