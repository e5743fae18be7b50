package org.anatomicalpriors.space;

import java.util.List;
import org.anatomicalpriors.InvalidInputException;

/** Chooses the prior's grid: where the aligned maps have labels, and a margin. */
public final class GridPlanner {

  /** Part of a map's labelled voxels that may lie beyond its bounds, at each end of each axis. */
  private static final double TAIL = 0.002;

  private static final int BINS = 2048;

  private GridPlanner() {}

  /**
   * Bounds of a map's labelled voxels (index neither 0 nor 255) in the common space, without the
   * outermost 0.2 % at each end: thin protrusions, such as CSF down the spinal canal, do not
   * enlarge the grid.
   *
   * @param indices label index per voxel, x fastest
   * @return {lowest, highest} world coordinates of voxel centres, or null if nothing is labelled
   */
  public static double[][] bounds(final byte[] indices, final Grid grid, final Affine toCommon) {
    final Affine voxelToCommon = toCommon.after(grid.toWorld());
    final double[] low = {1e300, 1e300, 1e300};
    final double[] high = {-1e300, -1e300, -1e300};
    for (int corner = 0; corner < 8; corner++) {
      final double[] p = new double[3];
      for (int d = 0; d < 3; d++) p[d] = (corner >> d & 1) * (grid.size(d) - 1);
      voxelToCommon.apply(p, p);
      for (int d = 0; d < 3; d++) {
        low[d] = Math.min(low[d], p[d]);
        high[d] = Math.max(high[d], p[d]);
      }
    }
    final long[][] histogram = new long[3][BINS + 1];
    final double[] scale = new double[3];
    for (int d = 0; d < 3; d++) scale[d] = high[d] > low[d] ? BINS / (high[d] - low[d]) : 0;
    final double[] p = new double[3];
    long total = 0;
    int i = 0;
    for (int z = 0; z < grid.size(2); z++)
      for (int y = 0; y < grid.size(1); y++)
        for (int x = 0; x < grid.size(0); x++) {
          final int index = indices[i++] & 0xff;
          if (index == 0 || index == Resampler.OUTSIDE) continue;
          p[0] = x;
          p[1] = y;
          p[2] = z;
          voxelToCommon.apply(p, p);
          for (int d = 0; d < 3; d++) {
            final int bin = (int) ((p[d] - low[d]) * scale[d]);
            histogram[d][Math.max(0, Math.min(bin, BINS))]++;
          }
          total++;
        }
    if (total == 0) return null;
    final double[][] bounds = new double[2][3];
    for (int d = 0; d < 3; d++) {
      int first = 0, last = BINS;
      for (long tail = histogram[d][first]; tail <= TAIL * total; tail += histogram[d][first])
        first++;
      for (long tail = histogram[d][last]; tail <= TAIL * total; tail += histogram[d][last]) last--;
      bounds[0][d] = scale[d] == 0 ? low[d] : low[d] + first / scale[d];
      bounds[1][d] = scale[d] == 0 ? low[d] : low[d] + (last + 1) / scale[d];
    }
    return bounds;
  }

  /**
   * The grid that holds all bounds, centred on them. If it shall be symmetric, its middle plane
   * along x is x = 0, so that it maps onto itself when flipped.
   *
   * @param bounds {lowest, highest} of each map, common space ({@link #bounds})
   * @param spacing voxel size along x, y, z in world units
   * @param margin added at each side, in world units
   * @param multiple each size is rounded up to a multiple of this, and to two of them at least, as
   *     networks do not scale an axis that one would bring down to a single voxel; an axis of one
   *     slice stays so
   * @param flat true for 2D: one slice
   * @param symmetric whether anatomies are flipped about x = 0
   * @throws InvalidInputException if the spacing is not positive or so fine that the grid is huge
   */
  public static Grid plan(
      final List<double[][]> bounds,
      final double[] spacing,
      final double margin,
      final int multiple,
      final boolean flat,
      final boolean symmetric,
      final String unit) {
    final double[] low = bounds.get(0)[0].clone();
    final double[] high = bounds.get(0)[1].clone();
    for (final double[][] b : bounds)
      for (int d = 0; d < 3; d++) {
        low[d] = Math.min(low[d], b[0][d]);
        high[d] = Math.max(high[d], b[1][d]);
      }
    if (symmetric) {
      high[0] = Math.max(-low[0], high[0]);
      low[0] = -high[0];
    }
    final int[] size = new int[3];
    final double[] centre = new double[3];
    double voxels = 1;
    for (int d = 0; d < 3; d++) {
      if (!(spacing[d] > 0) || Double.isInfinite(spacing[d]))
        throw new InvalidInputException(
            "A voxel spacing of " + spacing[d] + " was given; it must be above 0.");
      centre[d] = 0.5 * (low[d] + high[d]);
      final double extent = high[d] - low[d] + 2 * margin;
      final double least = multiple > 1 ? 2 : 1;
      final double n =
          d == 2 && flat
              ? 1
              : multiple * Math.max(least, Math.ceil(extent / spacing[d] / multiple));
      size[d] = (int) Math.max(1, Math.min(n, Integer.MAX_VALUE));
      voxels *= n;
    }
    if (voxels > 1 << 28)
      throw new InvalidInputException(
          String.format(
              "A spacing of %.4g x %.4g x %.4g %s gives a grid of %d x %d x %d voxels, too many to train on; give a larger spacing.",
              spacing[0], spacing[1], spacing[2], unit, size[0], size[1], size[2]));
    return Grid.centred(size, spacing, centre, unit);
  }
}
