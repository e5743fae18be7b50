package org.anatomicalpriors.segmentation;

import java.util.stream.IntStream;

/**
 * A smooth displacement of a prior's grid: what is expected at voxel q is the prior's at q + u(q).
 * Immutable by convention.
 */
final class Warp {

  private final float[][] u;
  private final int[] size;

  /**
   * @param u displacements along x, y, z of every voxel, in voxels: (3, V)
   * @param size of the grid
   */
  Warp(final float[][] u, final int[] size) {
    this.u = u;
    this.size = size.clone();
  }

  /** The displacements as a field that can be interpolated. */
  ProbabilityField field() {
    final float[] rows = new float[3 * u[0].length];
    for (int v = 0; v < u[0].length; v++) for (int d = 0; d < 3; d++) rows[3 * v + d] = u[d][v];
    return new ProbabilityField(rows, 3, size);
  }

  /** Probabilities (V, K) moved by the displacements; beyond the grid all is background. */
  float[] apply(final float[] p, final int k) {
    final ProbabilityField field = new ProbabilityField(p, k, size);
    final float[] moved = new float[p.length];
    final int nx = size[0], ny = size[1];
    IntStream.range(0, size[2])
        .parallel()
        .forEach(
            z -> {
              final float[] out = new float[k];
              for (int v = z * nx * ny; v < (z + 1) * nx * ny; v++) {
                final boolean inside =
                    field.at(v % nx + u[0][v], v / nx % ny + u[1][v], (double) z + u[2][v], out);
                if (inside) System.arraycopy(out, 0, moved, v * k, k);
                else moved[v * k] = 1;
              }
            });
    return moved;
  }

  /** Smallest determinant of the map's Jacobian: above 0 where nothing folds. */
  double smallestJacobian() {
    return smallestJacobian(u, size, new int[] {1, 1, 1});
  }

  /**
   * Smallest determinant over samples, by differences to the next one.
   *
   * @param u displacements in voxels, (3, N)
   * @param size samples along x, y, z
   * @param step voxels from one sample to the next
   */
  static double smallestJacobian(final float[][] u, final int[] size, final int[] step) {
    final int[] stride = {1, size[0], size[0] * size[1]};
    return IntStream.range(0, size[2])
        .parallel()
        .mapToDouble(
            z -> {
              final double[][] j = new double[3][3];
              double least = Double.POSITIVE_INFINITY;
              for (int y = 0; y < size[1]; y++)
                for (int x = 0; x < size[0]; x++) {
                  final int[] at = {x, y, z};
                  final int i = (z * size[1] + y) * size[0] + x;
                  for (int e = 0; e < 3; e++) {
                    final int next = at[e] + 1 < size[e] ? stride[e] : 0;
                    for (int d = 0; d < 3; d++)
                      j[d][e] = (d == e ? 1 : 0) + (u[d][i + next] - u[d][i]) / step[e];
                  }
                  least = Math.min(least, determinant(j));
                }
              return least;
            })
        .min()
        .orElse(1);
  }

  private static double determinant(final double[][] j) {
    return j[0][0] * (j[1][1] * j[2][2] - j[1][2] * j[2][1])
        - j[0][1] * (j[1][0] * j[2][2] - j[1][2] * j[2][0])
        + j[0][2] * (j[1][0] * j[2][1] - j[1][1] * j[2][0]);
  }
}
