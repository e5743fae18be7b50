package org.anatomicalpriors.picture;

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
    final boolean[] uniform = uniform(slice);
    final int[] columns = new int[width];
    final double[][] across = new double[width][3];
    for (int x = 0; x < width; x++)
      columns[x] = nearest((x + 0.5) * slice.width() / width - 0.5, across[x]);
    final double[] down = new double[3];
    final int[] around = new int[9];
    for (int y = 0, i = 0; y < height; y++) {
      final int row = nearest((y + 0.5) * slice.height() / height - 0.5, down);
      final int start = slice.width() * clamp(row, slice.height());
      for (int x = 0; x < width; x++, i++) {
        if (x == 0 || columns[x] != columns[x - 1]) surroundings(slice, columns[x], row, around);
        labels[i] =
            uniform[start + clamp(columns[x], slice.width())]
                ? around[4]
                : winner(around, across[x], down);
      }
    }
  }

  /** The voxel nearest to a place, and the weights of the voxels round it there. */
  private static int nearest(final double place, final double[] weights) {
    final int voxel = (int) Math.round(place);
    splineWeights(place - voxel, weights);
    return voxel;
  }

  /** Marks the voxels whose eight neighbours all have their label. */
  private static boolean[] uniform(final Slice slice) {
    final boolean[] uniform = new boolean[slice.width() * slice.height()];
    for (int row = 0, i = 0; row < slice.height(); row++)
      for (int column = 0; column < slice.width(); column++, i++) {
        final float own = slice.get(column, row);
        uniform[i] = true;
        for (int k = 0; k < 9 && uniform[i]; k++)
          uniform[i] = slice.getClamped(column + k % 3 - 1, row + k / 3 - 1) == own;
      }
    return uniform;
  }

  private static int clamp(final int index, final int size) {
    return Math.max(0, Math.min(size - 1, index));
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
    final int reach = (int) Math.ceil(radius);
    for (int y = 0; y < height; y++)
      for (int x = 0; x < width; x++) {
        if (!onBoundary(x, y)) continue;
        final int own = get(x, y);
        for (int dy = Math.max(-reach, -y); dy <= Math.min(reach, height - 1 - y); dy++)
          for (int dx = Math.max(-reach, -x); dx <= Math.min(reach, width - 1 - x); dx++)
            if (dx * dx + dy * dy < radius * radius && get(x + dx, y + dy) != own)
              rim[x + dx + width * (y + dy)] = true;
      }
    return rim;
  }

  private boolean onBoundary(final int x, final int y) {
    final int own = get(x, y);
    return x > 0 && get(x - 1, y) != own
        || x < width - 1 && get(x + 1, y) != own
        || y > 0 && get(x, y - 1) != own
        || y < height - 1 && get(x, y + 1) != own;
  }

  /** Quadratic B-spline weights of the voxels at -1, 0, 1 for a point at t, -1/2 to 1/2. */
  private static void splineWeights(final double t, final double[] weights) {
    weights[0] = 0.5 * (0.5 - t) * (0.5 - t);
    weights[1] = 0.75 - t * t;
    weights[2] = 0.5 * (0.5 + t) * (0.5 + t);
  }

  /** The labels of a voxel and its eight neighbours, row by row. */
  private static void surroundings(
      final Slice slice, final int column, final int row, final int[] labels) {
    for (int k = 0; k < 9; k++)
      labels[k] = (int) slice.getClamped(column + k % 3 - 1, row + k / 3 - 1);
  }

  private static int winner(final int[] around, final double[] across, final double[] down) {
    int best = around[4];
    double bestWeight = weight(around, across, down, best);
    for (int k = 0; k < 9 && bestWeight < 0.5; k++) {
      if (around[k] == best) continue;
      final double weight = weight(around, across, down, around[k]);
      if (weight > bestWeight) {
        best = around[k];
        bestWeight = weight;
      }
    }
    return best;
  }

  private static double weight(
      final int[] around, final double[] across, final double[] down, final int label) {
    double weight = 0;
    for (int j = 0, k = 0; j < 3; j++)
      for (int i = 0; i < 3; i++, k++) if (around[k] == label) weight += across[i] * down[j];
    return weight;
  }
}
