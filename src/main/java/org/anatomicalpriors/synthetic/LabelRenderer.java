package org.anatomicalpriors.synthetic;

import java.util.Arrays;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;

/**
 * Draws an anatomy on a grid, at several points per voxel, so that voxels can mix structures as
 * they do in real scans.
 */
final class LabelRenderer {

  /** Points per voxel along each axis. */
  static final int FACTOR = 2;

  /**
   * A 2D grid cuts the anatomy in the oblique frontal plane y = SECTION_Y + SECTION_SLOPE z (mm),
   * in which all structures lie.
   */
  private static final double SECTION_Y = -5;

  private static final double SECTION_SLOPE = 0.5;

  private LabelRenderer() {}

  /** The grid of the points: {@link #FACTOR} times finer, in the plane only for one slice. */
  static Grid fine(final Grid grid) {
    final int depthFactor = grid.is2D() ? 1 : FACTOR;
    final int[] size = {FACTOR * grid.size(0), FACTOR * grid.size(1), depthFactor * grid.size(2)};
    final double offset = 0.5 / FACTOR - 0.5;
    final Affine toCoarse =
        Affine.translation(offset, offset, grid.is2D() ? 0 : offset)
            .after(Affine.scale(1.0 / FACTOR, 1.0 / FACTOR, 1.0 / depthFactor));
    return new Grid(size, grid.toWorld().after(toCoarse), grid.unit());
  }

  /**
   * Label ids at the points of a grid, x fastest. A grid of one slice shows an oblique frontal
   * section: its world y is the anatomy's height.
   */
  static byte[] draw(final AnatomyShape anatomy, final Grid points) {
    final byte[] labels = new byte[points.voxelCount()];
    final double[] p = new double[3];
    int i = 0;
    for (int z = 0; z < points.size(2); z++)
      for (int y = 0; y < points.size(1); y++)
        for (int x = 0; x < points.size(0); x++, i++) {
          p[0] = x;
          p[1] = y;
          p[2] = z;
          points.toWorld().apply(p, p);
          labels[i] =
              (byte)
                  (points.is2D()
                      ? anatomy.labelAt(p[0], SECTION_Y + SECTION_SLOPE * p[1], p[1])
                      : anatomy.labelAt(p[0], p[1], p[2]));
        }
    return labels;
  }

  /** The most frequent of the ids at the points of each voxel; the lowest id of equals. */
  static byte[] majority(final byte[] fine, final Grid points, final Grid grid) {
    final byte[] labels = new byte[grid.voxelCount()];
    final int[] count = new int[SyntheticLabels.COUNT];
    new Blocks(points, grid)
        .forEach(
            (voxel, members) -> {
              Arrays.fill(count, 0);
              for (final int member : members) count[fine[member]]++;
              int best = 0;
              for (int l = 1; l < count.length; l++) if (count[l] > count[best]) best = l;
              labels[voxel] = (byte) best;
            });
    return labels;
  }
}
