package org.anatomicalpriors.space;

import java.util.ArrayList;
import java.util.List;

/** An order of the same voxels: axes swapped, some counted from their other end. */
public final class Reorientation {

  private static final int[][] ORDERS = {
    {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}
  };

  /** Changes nothing. */
  public static final Reorientation NONE = new Reorientation(ORDERS[0], 0);

  private final int[] axes;
  private final int flips;

  private Reorientation(final int[] axes, final int flips) {
    this.axes = axes;
    this.flips = flips;
  }

  /** All 48. */
  public static List<Reorientation> all() {
    final List<Reorientation> all = new ArrayList<>();
    for (final int[] axes : ORDERS)
      for (int flips = 0; flips < 8; flips++) all.add(new Reorientation(axes, flips));
    return all;
  }

  /** The original axis along which a new one runs. */
  public int axis(final int d) {
    return axes[d];
  }

  /** The grid on which the voxels lie where they lay before. */
  public Grid of(final Grid grid) {
    final int[] size = {grid.size(axes[0]), grid.size(axes[1]), grid.size(axes[2])};
    return new Grid(size, grid.toWorld().after(toOriginal(grid)), grid.unit());
  }

  /** New voxel to original voxel. */
  private Affine toOriginal(final Grid grid) {
    final double[][] rows = new double[3][4];
    for (int d = 0; d < 3; d++) {
      final boolean back = (flips >> d & 1) == 1;
      rows[axes[d]][d] = back ? -1 : 1;
      rows[axes[d]][3] = back ? grid.size(axes[d]) - 1 : 0;
    }
    return Affine.ofRows(rows);
  }

  /** For every new voxel, in x-fastest order, the original one. */
  public int[] originals(final Grid grid) {
    final Grid to = of(grid);
    final Affine map = toOriginal(grid);
    final int[] from = new int[grid.voxelCount()];
    for (int v = 0; v < from.length; v++) {
      final double[] p =
          map.apply(v % to.size(0), v / to.size(0) % to.size(1), v / to.size(0) / to.size(1));
      from[v] =
          ((int) Math.rint(p[2]) * grid.size(1) + (int) Math.rint(p[1])) * grid.size(0)
              + (int) Math.rint(p[0]);
    }
    return from;
  }

  /** Values of the original voxels in the new order. */
  public float[] of(final float[] values, final Grid grid) {
    final int[] from = originals(grid);
    final float[] to = new float[from.length];
    for (int v = 0; v < to.length; v++) to[v] = values[from[v]];
    return to;
  }

  public byte[] of(final byte[] values, final Grid grid) {
    final int[] from = originals(grid);
    final byte[] to = new byte[from.length];
    for (int v = 0; v < to.length; v++) to[v] = values[from[v]];
    return to;
  }

  @Override
  public String toString() {
    final StringBuilder text = new StringBuilder();
    for (int d = 0; d < 3; d++)
      text.append((flips >> d & 1) == 1 ? '-' : '+').append("xyz".charAt(axes[d]));
    return text.toString();
  }
}
