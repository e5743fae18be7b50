package org.anatomicalpriors.segmentation;

import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.SpatialImage;

/**
 * An image to segment, and what is known of it before. Immutable.
 *
 * <pre>{@code
 * segmenter.segment(Subject.of(image).within(ImageMask.of(mask, image)), progress);
 * }</pre>
 */
public final class Subject {

  private final SpatialImage<? extends RealType<?>> image;
  private final Affine place;
  private final byte[] picked;
  private final ImageMask mask;

  private Subject(
      final SpatialImage<? extends RealType<?>> image,
      final Affine place,
      final byte[] picked,
      final ImageMask mask) {
    this.image = image;
    this.place = place;
    this.picked = picked;
    this.mask = mask;
  }

  /** An image of which nothing is known. */
  public static Subject of(final SpatialImage<? extends RealType<?>> image) {
    return new Subject(image, null, null, null);
  }

  /**
   * The same where its place is known, such as from an earlier result's {@link
   * Segmentation#toCommon()}.
   *
   * @param toCommon the map from the image's world to the prior's
   */
  public Subject at(final Affine toCommon) {
    return new Subject(image, toCommon, picked, mask);
  }

  /**
   * The same where a person has labelled some voxels: the intensities of the groups that these
   * belong to are taken from them, the others are estimated. The labels of the result are found
   * anew everywhere.
   *
   * @param labels label index of each of the image's voxels, x fastest; 0 where nothing is said
   * @throws InvalidInputException if there is not one for each voxel
   */
  public Subject picked(final byte[] labels) {
    if (labels.length != image.grid().voxelCount())
      throw new InvalidInputException(
          "The labels given for "
              + image.name()
              + " have "
              + labels.length
              + " voxels and the image "
              + image.grid().voxelCount()
              + "; give labels on the image's own voxels.");
    return new Subject(image, place, labels, mask);
  }

  /**
   * The same where all voxels outside a mask are background.
   *
   * @param inside null for none
   * @throws InvalidInputException if it is of an image of another size
   */
  public Subject within(final ImageMask inside) {
    if (inside != null && inside.size() != image.grid().voxelCount())
      throw new InvalidInputException(
          "The mask for "
              + image.name()
              + " has "
              + inside.size()
              + " voxels and the image "
              + image.grid().voxelCount()
              + "; give a mask on the image's own voxels.");
    return new Subject(image, place, picked, inside);
  }

  SpatialImage<? extends RealType<?>> image() {
    return image;
  }

  /** Null if it is to be found. */
  Affine place() {
    return place;
  }

  /** Those within the mask; null if none were. */
  byte[] picked() {
    return picked == null || mask == null ? picked : mask.applyTo(picked);
  }

  /** Null if there is none. */
  ImageMask mask() {
    return mask;
  }
}
