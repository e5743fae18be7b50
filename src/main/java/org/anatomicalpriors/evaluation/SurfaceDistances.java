package org.anatomicalpriors.evaluation;

import java.util.Arrays;

/**
 * Distances between the surfaces of two masks, as defined in {@link Measure}. The masks are boxes
 * cut tightly round both, so that beyond the box is outside.
 */
final class SurfaceDistances {

  private final double[] fromReference; // sorted
  private final double[] fromSegmented; // sorted

  /**
   * @param reference a mask with at least one voxel, x fastest
   * @param segmented a mask with at least one voxel, x fastest
   * @param size size of both masks along x, y, z
   * @param spacing distance between voxels along x, y, z
   * @param flat true for a single slice, whose voxels have no neighbours along z
   */
  SurfaceDistances(
      final boolean[] reference,
      final boolean[] segmented,
      final int[] size,
      final double[] spacing,
      final boolean flat) {
    final boolean[] a = surface(reference, size, flat);
    final boolean[] b = surface(segmented, size, flat);
    fromReference = distances(a, DistanceTransform.squared(b, size, spacing));
    fromSegmented = distances(b, DistanceTransform.squared(a, size, spacing));
  }

  double hausdorff95() {
    return Math.max(percentile(fromReference, 0.95), percentile(fromSegmented, 0.95));
  }

  double average() {
    return (sum(fromReference) + sum(fromSegmented))
        / (fromReference.length + fromSegmented.length);
  }

  private static boolean[] surface(final boolean[] mask, final int[] size, final boolean flat) {
    final boolean[] surface = new boolean[mask.length];
    final int[] stride = {1, size[0], size[0] * size[1]};
    final int[] at = new int[3];
    int i = 0;
    for (at[2] = 0; at[2] < size[2]; at[2]++)
      for (at[1] = 0; at[1] < size[1]; at[1]++)
        for (at[0] = 0; at[0] < size[0]; at[0]++, i++) {
          if (!mask[i]) continue;
          for (int d = 0; d < (flat ? 2 : 3); d++)
            if (at[d] == 0 || at[d] == size[d] - 1 || !mask[i - stride[d]] || !mask[i + stride[d]])
              surface[i] = true;
        }
    return surface;
  }

  private static double[] distances(final boolean[] surface, final double[] squaredDistance) {
    int count = 0;
    for (final boolean s : surface) if (s) count++;
    final double[] distances = new double[count];
    int n = 0;
    for (int i = 0; i < surface.length; i++)
      if (surface[i]) distances[n++] = Math.sqrt(squaredDistance[i]);
    Arrays.sort(distances);
    return distances;
  }

  private static double percentile(final double[] sorted, final double fraction) {
    final double rank = fraction * (sorted.length - 1);
    final int below = (int) rank;
    final int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
  }

  private static double sum(final double[] values) {
    double sum = 0;
    for (final double v : values) sum += v;
    return sum;
  }
}
