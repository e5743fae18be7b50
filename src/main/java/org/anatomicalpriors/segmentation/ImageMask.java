package org.anatomicalpriors.segmentation;

import java.util.Arrays;
import java.util.BitSet;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;

/** Voxels of an image in which the anatomy may be; all others are background. Immutable. */
public final class ImageMask {

  /**
   * How far below the contrast inside, as a part of its range, lies what all voxels outside are
   * given: where a background of its own is found, and not so far that nothing else is seen.
   */
  private static final double DARKER = 0.25;

  private final BitSet inside;

  private ImageMask(final BitSet inside) {
    this.inside = inside;
  }

  /**
   * A mask from an image that is above 0 inside.
   *
   * @param image that is to be segmented
   * @throws InvalidInputException if the mask does not lie on the image's grid or is empty
   */
  public static ImageMask of(
      final SpatialImage<? extends RealType<?>> mask, final SpatialImage<?> image) {
    if (!lies(mask.grid(), image.grid()))
      throw new InvalidInputException(
          "The mask "
              + mask.name()
              + " ("
              + mask.grid()
              + ") does not lie on the grid of "
              + image.name()
              + " ("
              + image.grid()
              + "); resample it to the image's grid first.");
    final float[] voxels = VoxelRows.toFloats(mask.voxels());
    final BitSet inside = new BitSet(voxels.length);
    for (int v = 0; v < voxels.length; v++) if (voxels[v] > 0) inside.set(v);
    if (inside.isEmpty())
      throw new InvalidInputException(
          "The mask "
              + mask.name()
              + " is nowhere above 0; give one that is above 0 where the anatomy is.");
    return new ImageMask(inside);
  }

  /** A mask that does not know where it lies has to have the image's size, no more. */
  private static boolean lies(final Grid mask, final Grid image) {
    return mask.unit().equals("pixel")
        ? Arrays.equals(mask.size(), image.size())
        : mask.coincides(image);
  }

  /** Whether a voxel, in x-fastest order, lies inside. */
  boolean contains(final int voxel) {
    return inside.get(voxel);
  }

  /** Number of voxels inside. */
  int count() {
    return inside.cardinality();
  }

  /**
   * Makes all voxels outside alike, as air is: darker than what is inside.
   *
   * @throws InvalidInputException if there is no contrast inside
   */
  void darkenOutside(final float[] voxels, final String name) {
    setOutside(voxels, Float.NaN);
    setOutside(
        voxels, (float) IntensityScale.of(voxels, name + " within its mask").toImage(-DARKER));
  }

  private void setOutside(final float[] voxels, final float value) {
    for (int v = 0; v < voxels.length; v++) if (!inside.get(v)) voxels[v] = value;
  }
}
