package org.anatomicalpriors.io.nifti;

import java.util.Arrays;
import java.util.List;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;

/** A NIfTI file in memory: its values, its header, and the grid of its first three axes. */
public final class NiftiImage {

  private final Object array;
  private final NiftiDataType type;
  private final long[] dimensions;
  private final NiftiHeader header;
  private final Grid grid;
  private final String name;
  private final List<String> notices;

  /**
   * @param array the values, x fastest
   * @param type the type of the values (after scaling)
   */
  NiftiImage(
      final Object array,
      final NiftiDataType type,
      final NiftiHeader header,
      final Grid grid,
      final String name,
      final List<String> notices) {
    this.array = array;
    this.type = type;
    final long[] stored = header.dimensions();
    this.dimensions = Arrays.copyOf(stored, Math.max(2, stored.length));
    if (stored.length < 2) dimensions[1] = 1;
    this.header = header;
    this.grid = grid;
    this.name = name;
    this.notices = List.copyOf(notices);
  }

  /**
   * The values, with the header's scaling applied: an array image of 2 to 7 dimensions in the
   * file's order (x, y, z, time, ...). Its type is the file's own, or float or double if scaled.
   */
  public RandomAccessibleInterval<? extends RealType<?>> voxels() {
    return type.wrap(array, dimensions);
  }

  /** The header as it was read, so with the file's own scaling and data type. */
  public NiftiHeader header() {
    return header;
  }

  /** The lattice of the first three axes. */
  public Grid grid() {
    return grid;
  }

  public String name() {
    return name;
  }

  /** Sentences about what had to be assumed, such as a missing unit; empty for a full header. */
  public List<String> notices() {
    return notices;
  }

  /**
   * The image as one volume (or slice), which shares its memory.
   *
   * @throws InvalidInputException if it has more than one volume
   */
  public SpatialImage<? extends RealType<?>> toSpatialImage() {
    for (int d = 3; d < dimensions.length; d++)
      if (dimensions[d] > 1)
        throw new InvalidInputException(
            name
                + " is "
                + dimensions.length
                + "D "
                + Arrays.toString(dimensions)
                + " where 3D is needed; extract one channel or time point into a file of its own.");
    final long[] size = {grid.size(0), grid.size(1), grid.size(2)};
    return new SpatialImage<>(type.wrap(array, size), grid, name);
  }
}
