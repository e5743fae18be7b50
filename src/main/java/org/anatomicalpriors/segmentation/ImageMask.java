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
  private final int voxels;

  private ImageMask(final BitSet inside, final int voxels) {
    this.inside = inside;
    this.voxels = voxels;
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
              + mask.grid().describe()
              + ") does not lie on the grid of "
              + image.name()
              + " ("
              + image.grid().describe()
              + "); resample it to the image's grid first.");
    final float[] voxels = VoxelRows.toFloats(mask.voxels());
    final BitSet inside = new BitSet(voxels.length);
    for (int v = 0; v < voxels.length; v++) if (voxels[v] > 0) inside.set(v);
    if (inside.isEmpty())
      throw new InvalidInputException(
          "The mask "
              + mask.name()
              + " is nowhere above 0; give one that is above 0 where the anatomy is.");
    return new ImageMask(inside, voxels.length);
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

  /** Number of voxels of the image that it belongs to. */
  int size() {
    return voxels;
  }

  /** A copy of a label map that is 0 outside. */
  byte[] applyTo(final byte[] labels) {
    final byte[] masked = labels.clone();
    for (int v = 0; v < masked.length; v++) if (!inside.get(v)) masked[v] = 0;
    return masked;
  }

  /**
   * Makes all voxels outside alike, as air is: darker than what is inside.
   *
   * @return the scale of what is inside
   * @throws InvalidInputException if there is no contrast inside
   */
  IntensityScale darkenOutside(final float[] image, final String name) {
    setOutside(image, Float.NaN);
    final IntensityScale scale = IntensityScale.of(image, name + " within its mask");
    setOutside(image, (float) scale.toImage(-DARKER));
    return scale;
  }

  private void setOutside(final float[] image, final float value) {
    for (int v = 0; v < image.length; v++) if (!inside.get(v)) image[v] = value;
  }
}
