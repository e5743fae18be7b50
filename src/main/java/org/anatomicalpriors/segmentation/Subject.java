package org.anatomicalpriors.segmentation;

import java.util.ArrayList;
import java.util.List;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.model.ImageVector;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.Resampler;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;

/**
 * An image to segment, its other channels, and what is known of it before. Immutable.
 *
 * <pre>{@code
 * segmenter.segment(Subject.of(image).within(ImageMask.of(mask, image)), progress);
 * }</pre>
 */
public final class Subject {

  /** A channel that covers a smaller part of the first may not be meant to. */
  private static final int MOSTLY_PERCENT = 50;

  private final List<SpatialImage<? extends RealType<?>>> channels;
  private final Affine place;
  private final byte[] picked;
  private final ImageMask mask;

  private Subject(
      final List<SpatialImage<? extends RealType<?>>> channels,
      final Affine place,
      final byte[] picked,
      final ImageMask mask) {
    this.channels = List.copyOf(channels);
    this.place = place;
    this.picked = picked;
    this.mask = mask;
  }

  /** An image of which nothing is known. */
  public static Subject of(final SpatialImage<? extends RealType<?>> image) {
    return new Subject(List.of(image), null, null, null);
  }

  /**
   * The same with another image of the same subject in the same place: a channel of a microscope,
   * or another contrast of a scanner. One on other voxels is interpolated to those of the first;
   * what it does not cover is left to the others.
   *
   * @throws InvalidInputException if it does not reach where the first image lies, has another
   *     unit, or there are too many
   */
  public Subject with(final SpatialImage<? extends RealType<?>> channel, final Progress progress) {
    if (channels.size() == ImageVector.MOST_CHANNELS)
      throw new InvalidInputException(
          image().name()
              + " has more than "
              + ImageVector.MOST_CHANNELS
              + " channels; give those that show the anatomy best.");
    final List<SpatialImage<? extends RealType<?>>> all = new ArrayList<>(channels);
    all.add(isInPlace(channel.grid()) ? channel : resampled(channel, progress));
    return new Subject(all, place, picked, mask);
  }

  private boolean isInPlace(final Grid grid) {
    return grid.unit().equals(image().grid().unit()) && grid.coincides(image().grid());
  }

  private SpatialImage<? extends RealType<?>> resampled(
      final SpatialImage<? extends RealType<?>> channel, final Progress progress) {
    final float[] voxels =
        channel.grid().unit().equals(image().grid().unit())
                && channel.grid().is2D() == image().grid().is2D()
            ? Resampler.image(
                VoxelRows.toFloats(channel.voxels()),
                channel.grid().size(),
                Resampler.targetVoxelToSourceVoxel(
                    channel.grid(), Affine.identity(), image().grid()),
                image().grid().size(),
                Runtime.getRuntime().availableProcessors(),
                progress)
            : new float[0];
    int known = 0;
    for (final float v : voxels) if (!Float.isNaN(v)) known++;
    if (known == 0)
      throw new InvalidInputException(
          "The channel "
              + channel.name()
              + " ("
              + channel.grid().describe()
              + ") does not lie where "
              + image().name()
              + " ("
              + image().grid().describe()
              + ") does; register it to that image first.");
    final int[] size = image().grid().size();
    final long share = Math.round(100.0 * known / voxels.length);
    if (share < MOSTLY_PERCENT)
      progress.log(
          channel.name()
              + " covers "
              + share
              + " % of "
              + image().name()
              + "; the rest is told by the other channels.");
    return new SpatialImage<>(
        ArrayImgs.floats(voxels, size[0], size[1], size[2]), image().grid(), channel.name());
  }

  /**
   * The same where its place is known, such as from an earlier result's {@link
   * Segmentation#toCommon()}.
   *
   * @param toCommon the map from the image's world to the prior's
   */
  public Subject at(final Affine toCommon) {
    return new Subject(channels, toCommon, picked, mask);
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
    if (labels.length != image().grid().voxelCount())
      throw new InvalidInputException(
          "The labels given for "
              + image().name()
              + " have "
              + labels.length
              + " voxels and the image "
              + image().grid().voxelCount()
              + "; give labels on the image's own voxels.");
    return new Subject(channels, place, labels, mask);
  }

  /**
   * The same where all voxels outside a mask are background.
   *
   * @param inside null for none
   * @throws InvalidInputException if it is of an image of another size
   */
  public Subject within(final ImageMask inside) {
    if (inside != null && inside.size() != image().grid().voxelCount())
      throw new InvalidInputException(
          "The mask for "
              + image().name()
              + " has "
              + inside.size()
              + " voxels and the image "
              + image().grid().voxelCount()
              + "; give a mask on the image's own voxels.");
    return new Subject(channels, place, picked, inside);
  }

  /** The image on whose voxels the result lies: the first channel. */
  public SpatialImage<? extends RealType<?>> image() {
    return channels.get(0);
  }

  /** All channels, on the voxels of the first. */
  public List<SpatialImage<? extends RealType<?>>> channels() {
    return channels;
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
