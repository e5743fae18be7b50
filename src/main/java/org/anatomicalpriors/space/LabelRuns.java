package org.anatomicalpriors.space;

import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.progress.Progress;

/**
 * Walks through a label map as runs of equal ids along x: one pass, whatever the voxel type. Values
 * must be whole numbers of 0 or more (float files with such values are fine).
 */
public final class LabelRuns {

  /** Gets each run in order (x fastest, then y, then z). */
  public interface Visitor {

    /** Voxels (x0 ... x1 - 1, y, z) hold {@code id}. */
    void run(int id, int x0, int x1, int y, int z);
  }

  private LabelRuns() {}

  /**
   * @throws InvalidInputException if a value is not a label: negative, fractional, not a number or
   *     above 2147483647
   */
  public static void visit(
      final SpatialImage<? extends RealType<?>> map,
      final Progress progress,
      final Visitor visitor) {
    final VoxelRows rows = new VoxelRows(map.voxels());
    final int nx = map.grid().size(0), ny = map.grid().size(1), nz = map.grid().size(2);
    final double[] row = new double[nx];
    for (int z = 0; z < nz; z++) {
      progress.checkCancelled();
      for (int y = 0; y < ny; y++) {
        rows.read(y, z, row);
        for (int x = 0; x < nx; ) {
          final double value = row[x];
          final int id = (int) value;
          if (id != value || id < 0) throw notALabel(map.name(), value, x, y, z);
          final int start = x;
          while (++x < nx && row[x] == value) {}
          visitor.run(id, start, x, y, z);
        }
      }
    }
  }

  private static InvalidInputException notALabel(
      final String name, final double value, final int x, final int y, final int z) {
    return new InvalidInputException(
        name
            + " holds the value "
            + value
            + " at voxel ("
            + x
            + ", "
            + y
            + ", "
            + z
            + "), which is no label; a label map holds whole numbers of 0 or more: give the segmentation, not the image.");
  }
}
