package org.anatomicalpriors.picture;

import org.anatomicalpriors.space.Affine;

/**
 * Which voxel axis follows which world axis, and in which direction: of the six assignments the one
 * whose directions agree best.
 */
final class WorldAxes {

  private static final int[][] PERMUTATIONS = {
    {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}
  };

  private final int[] voxelAxis; // by world axis
  private final boolean[] reversed = new boolean[3]; // by world axis

  WorldAxes(final Affine toWorld) {
    final double[] norms = toWorld.columnNorms();
    int[] best = PERMUTATIONS[0];
    double bestSum = -1;
    for (final int[] candidate : PERMUTATIONS) {
      double sum = 0;
      for (int w = 0; w < 3; w++)
        sum += Math.abs(toWorld.get(w, candidate[w])) / norms[candidate[w]];
      if (sum > bestSum + 1e-9) {
        best = candidate;
        bestSum = sum;
      }
    }
    voxelAxis = best;
    for (int w = 0; w < 3; w++) reversed[w] = toWorld.get(w, voxelAxis[w]) < 0;
  }

  int voxelAxis(final int worldAxis) {
    return voxelAxis[worldAxis];
  }

  int worldAxis(final int axis) {
    for (int w = 0; w < 3; w++) if (voxelAxis[w] == axis) return w;
    throw new IllegalArgumentException("axis " + axis);
  }

  /** True if the world coordinate falls as the voxel index grows. */
  boolean reversed(final int worldAxis) {
    return reversed[worldAxis];
  }
}
