package org.anatomicalpriors.space;

import net.imglib2.RandomAccessibleInterval;
import org.anatomicalpriors.InvalidInputException;

/**
 * Voxels with a place in the world: a three-dimensional image (x, y, z; depth 1 for 2D, minimum at
 * the origin), the grid on which it lies and the name by which messages call it.
 */
public final class SpatialImage<T> {

  private final RandomAccessibleInterval<T> voxels;
  private final Grid grid;
  private final String name;

  /**
   * @throws InvalidInputException if the image is not three-dimensional or its size is not the
   *     grid's
   */
  public SpatialImage(
      final RandomAccessibleInterval<T> voxels, final Grid grid, final String name) {
    if (voxels.numDimensions() != 3)
      throw new InvalidInputException(
          name
              + " has "
              + voxels.numDimensions()
              + " dimensions; a 3D image (or one slice) is needed: extract one channel or time point first.");
    for (int d = 0; d < 3; d++)
      if (voxels.dimension(d) != grid.size(d) || voxels.min(d) != 0)
        throw new IllegalArgumentException("image and grid differ in size along axis " + d);
    this.voxels = voxels;
    this.grid = grid;
    this.name = name;
  }

  public RandomAccessibleInterval<T> voxels() {
    return voxels;
  }

  public Grid grid() {
    return grid;
  }

  public String name() {
    return name;
  }
}
