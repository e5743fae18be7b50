package org.anatomicalpriors.picture;

/**
 * The labels of a slice, enlarged to a finer raster: every point takes the label with the largest
 * weight in bilinear interpolation of the labels, so that boundaries run smoothly between voxels.
 */
final class LabelRaster {

  private final int width;
  private final int height;
  private final int[] labels;

  LabelRaster(final Slice slice, final int width, final int height) {
    this.width = width;
    this.height = height;
    labels = new int[width * height];
    for (int y = 0, i = 0; y < height; y++) {
      final double v = (y + 0.5) * slice.height() / height - 0.5;
      final int row = (int) Math.floor(v);
      for (int x = 0; x < width; x++, i++) {
        final double u = (x + 0.5) * slice.width() / width - 0.5;
        final int column = (int) Math.floor(u);
        labels[i] = winner(slice, column, row, u - column, v - row);
      }
    }
  }

  int width() {
    return width;
  }

  int height() {
    return height;
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

  private static int winner(
      final Slice slice, final int column, final int row, final double u, final double v) {
    final int a = (int) slice.getClamped(column, row);
    final int b = (int) slice.getClamped(column + 1, row);
    final int c = (int) slice.getClamped(column, row + 1);
    final int d = (int) slice.getClamped(column + 1, row + 1);
    if (a == b && a == c && a == d) return a;
    final int[] candidates = {a, b, c, d};
    final double[] weights = {(1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v};
    int best = a;
    double bestWeight = -1;
    for (int i = 0; i < 4; i++) {
      double weight = 0;
      for (int j = 0; j < 4; j++) if (candidates[j] == candidates[i]) weight += weights[j];
      if (weight > bestWeight) {
        bestWeight = weight;
        best = candidates[i];
      }
    }
    return best;
  }
}
