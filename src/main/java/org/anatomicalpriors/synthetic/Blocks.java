package org.anatomicalpriors.synthetic;

import org.anatomicalpriors.space.Grid;

/** Which points of a finer grid belong to each voxel of a grid. */
final class Blocks {

  /** Receives one voxel and the indices of its points; the array is reused. */
  interface Visitor {
    void visit(int voxel, int[] points);
  }

  private final Grid fine;
  private final Grid coarse;

  Blocks(final Grid fine, final Grid coarse) {
    this.fine = fine;
    this.coarse = coarse;
  }

  void forEach(final Visitor visitor) {
    final int fx = fine.size(0) / coarse.size(0);
    final int fy = fine.size(1) / coarse.size(1);
    final int fz = fine.size(2) / coarse.size(2);
    final int[] points = new int[fx * fy * fz];
    int voxel = 0;
    for (int z = 0; z < coarse.size(2); z++)
      for (int y = 0; y < coarse.size(1); y++)
        for (int x = 0; x < coarse.size(0); x++, voxel++) {
          int n = 0;
          for (int k = 0; k < fz; k++)
            for (int j = 0; j < fy; j++) {
              final int row = fine.size(0) * (y * fy + j + fine.size(1) * (z * fz + k));
              for (int i = 0; i < fx; i++) points[n++] = row + x * fx + i;
            }
          visitor.visit(voxel, points);
        }
  }
}
