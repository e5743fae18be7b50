package org.anatomicalpriors.picture;

import java.util.ArrayList;
import java.util.List;

/** The points along an axis of a finer raster that are nearest to one voxel. */
final class VoxelPoints {

  final int voxel;

  /** The first of the points. */
  final int from;

  /** Quadratic B-spline weights at each point, of the voxel before, this one and the next. */
  final double[][] weights;

  private VoxelPoints(final int voxel, final int from, final double[][] weights) {
    this.voxel = voxel;
    this.from = from;
    this.weights = weights;
  }

  /** All points of an axis; a voxel that is nearest to none is left out. */
  static List<VoxelPoints> along(final int voxels, final int points) {
    final List<VoxelPoints> all = new ArrayList<>();
    for (int from = 0, to = 0; from < points; from = to) {
      final int voxel = nearest(from, voxels, points);
      while (to < points && nearest(to, voxels, points) == voxel) to++;
      final double[][] weights = new double[to - from][];
      for (int i = from; i < to; i++)
        weights[i - from] = splineWeights(place(i, voxels, points) - voxel);
      all.add(new VoxelPoints(voxel, from, weights));
    }
    return all;
  }

  private static double place(final int point, final int voxels, final int points) {
    return (point + 0.5) * voxels / points - 0.5;
  }

  private static int nearest(final int point, final int voxels, final int points) {
    return (int) Math.round(place(point, voxels, points));
  }

  private static double[] splineWeights(final double t) {
    return new double[] {0.5 * (0.5 - t) * (0.5 - t), 0.75 - t * t, 0.5 * (0.5 + t) * (0.5 + t)};
  }
}
