package org.anatomicalpriors.picture;

import java.util.Arrays;
import java.util.List;

/**
 * The labels of a slice, enlarged to a finer raster: every point takes the label with the largest
 * weight of a quadratic B-spline over the 3 x 3 voxels round it, so that boundaries run smoothly
 * between voxels. The centre of a voxel always keeps its own label.
 */
final class LabelRaster {

  private final int width;
  private final int height;
  private final int[] labels;

  LabelRaster(final Slice slice, final int width, final int height) {
    this.width = width;
    this.height = height;
    labels = new int[width * height];
    final List<VoxelPoints> columns = VoxelPoints.along(slice.width(), width);
    final LabelBlend blend = new LabelBlend(slice);
    for (final VoxelPoints row : VoxelPoints.along(slice.height(), height))
      for (final VoxelPoints column : columns) fill(blend, column, row);
  }

  private void fill(final LabelBlend blend, final VoxelPoints column, final VoxelPoints row) {
    blend.moveTo(column.voxel, row.voxel);
    for (int y = 0; y < row.weights.length; y++) {
      final int start = column.from + width * (row.from + y);
      if (blend.isUniform()) {
        Arrays.fill(labels, start, start + column.weights.length, blend.own());
        continue;
      }
      blend.weigh(row.weights[y]);
      for (int x = 0; x < column.weights.length; x++)
        labels[start + x] = blend.winner(column.weights[x]);
    }
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** The label of all points of a square of this side, or -1 if they differ. */
  int common(final int left, final int top, final int side) {
    final int label = labels[left + width * top];
    for (int y = top; y < top + side; y++)
      for (int i = left + width * y, end = i + side; i < end; i++)
        if (labels[i] != label) return -1;
    return label;
  }

  int get(final int x, final int y) {
    return labels[x + width * y];
  }

  /**
   * Marks the points that lie less than {@code radius} points away from another label: a line
   * inside the boundary of every label, so that neighbours' lines do not cover one another.
   */
  boolean[] rims(final double radius) {
    final boolean[] rim = new boolean[labels.length];
    final int[] halfWidths = disc(radius);
    for (int y = 0; y < height; y++)
      for (int x = 0; x < width; x++) if (onBoundary(x, y)) markOthers(x, y, halfWidths, rim);
    return rim;
  }

  /** How far points in rows 0, 1, 2, ... from the middle's are inside of a disc. */
  private static int[] disc(final double radius) {
    final int[] halfWidths = new int[(int) Math.ceil(radius)];
    for (int dy = 0; dy < halfWidths.length; dy++)
      halfWidths[dy] = (int) Math.ceil(Math.sqrt(radius * radius - dy * dy)) - 1;
    return halfWidths;
  }

  private void markOthers(final int x, final int y, final int[] halfWidths, final boolean[] rim) {
    final int own = get(x, y);
    final int reach = halfWidths.length - 1;
    for (int row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row++) {
      final int half = halfWidths[Math.abs(row - y)];
      final int end = width * row + Math.min(width - 1, x + half);
      for (int i = width * row + Math.max(0, x - half); i <= end; i++)
        if (labels[i] != own) rim[i] = true;
    }
  }

  private boolean onBoundary(final int x, final int y) {
    final int own = get(x, y);
    return x > 0 && get(x - 1, y) != own
        || x < width - 1 && get(x + 1, y) != own
        || y > 0 && get(x, y - 1) != own
        || y < height - 1 && get(x, y + 1) != own;
  }
}
