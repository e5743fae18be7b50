package org.anatomicalpriors.picture;

import java.util.Arrays;

/**
 * The labels of a voxel and its eight neighbours, and which of them wins at a point: that with the
 * largest weight of a quadratic B-spline.
 */
final class LabelBlend {

  private static final int SIDE = 3;
  private static final int[] MIDDLE_FIRST = {4, 0, 1, 2, 3, 5, 6, 7, 8};

  private final Slice slice;
  private final int[] around = new int[SIDE * SIDE];
  private final int[] labels = new int[SIDE * SIDE];
  private int count;

  /** Of every label, the weights of its voxels in each column. */
  private final double[] columns = new double[SIDE * SIDE * SIDE];

  LabelBlend(final Slice slice) {
    this.slice = slice;
  }

  /** Goes to a voxel. */
  void moveTo(final int column, final int row) {
    count = 0;
    for (final int k : MIDDLE_FIRST) {
      final int label = (int) slice.getClamped(column + k % SIDE - 1, row + k / SIDE - 1);
      int l = 0;
      while (l < count && labels[l] != label) l++;
      if (l == count) labels[count++] = label;
      around[k] = l;
    }
  }

  /** Whether the voxel and its neighbours have one label, which wins everywhere. */
  boolean isUniform() {
    return count == 1;
  }

  /** The label of the voxel itself. */
  int own() {
    return labels[0];
  }

  /** Goes to a row of points, by the weights of the voxels' rows. */
  void weigh(final double[] rows) {
    Arrays.fill(columns, 0, count * SIDE, 0);
    for (int j = 0, k = 0; j < SIDE; j++)
      for (int i = 0; i < SIDE; i++, k++) columns[around[k] * SIDE + i] += rows[j];
  }

  /** The label at a point of the row, by the weights of the voxels' columns. */
  int winner(final double[] across) {
    int best = 0;
    double most = weight(0, across);
    for (int l = 1; l < count && most < 0.5; l++) {
      final double weight = weight(l, across);
      if (weight > most) {
        best = l;
        most = weight;
      }
    }
    return labels[best];
  }

  private double weight(final int l, final double[] across) {
    final int of = l * SIDE;
    return across[0] * columns[of] + across[1] * columns[of + 1] + across[2] * columns[of + 2];
  }
}
