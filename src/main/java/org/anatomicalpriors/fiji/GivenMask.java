package org.anatomicalpriors.fiji;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.ImageMask;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.SpatialImage;

/** The mask among the options of a script or command: one for all time points, or one for each. */
final class GivenMask {

  private final InputImage input;
  private final InputImage mask;
  private final boolean isPlaced;

  /**
   * @param given among them {@code mask}: an image, a file or its path; nothing, or an empty text
   * @param input the image that it belongs to
   * @param settings of {@link ImageParameters#ofImage()}
   * @param flat whether slices are wanted, not volumes
   * @throws InvalidInputException if it cannot be used
   */
  GivenMask(
      final Map<String, ?> given,
      final InputImage input,
      final Settings settings,
      final boolean flat) {
    this.input = input;
    final Object value = given.get(ImageParameters.MASK.name());
    if (value == null || value.toString().trim().isEmpty()) {
      mask = null;
      isPlaced = false;
      return;
    }
    mask =
        new Inputs(
                Settings.of(ImageParameters.ofImage())
                    .with(ImageParameters.VOXEL_SIZE, settings.get(ImageParameters.VOXEL_SIZE)),
                flat,
                Progress.NONE) // what it says of its spacing does not matter
            .open(value);
    isPlaced = mask.file() != null && !Images.isStack(mask.file());
    final int masks = mask.frames(), images = input.frames();
    if (masks != 1 && masks != images)
      throw new InvalidInputException(
          "The mask has "
              + masks
              + " time points and the image "
              + images
              + "; give a mask of one time point, or of as many.");
    for (int t = 0; t < images; t++) of(t);
  }

  /** The mask of a time point, or null if none was given. */
  ImageMask of(final int index) {
    if (mask == null) return null;
    final SpatialImage<? extends RealType<?>> image = input.volume(index);
    final SpatialImage<? extends RealType<?>> own = volume(index);
    return ImageMask.of(isPlaced ? own : inPlace(own, image), image);
  }

  private SpatialImage<? extends RealType<?>> volume(final int index) {
    return mask.volume(mask.frames() == 1 ? 0 : index);
  }

  /**
   * The file of a time point's mask, for the record of what was made with it; null if there is
   * none.
   *
   * @param temporary where the masks of images in memory are written
   */
  Path file(final int index, final Path temporary) {
    if (mask == null) return null;
    if (mask.file() != null && mask.frames() == 1) return mask.file();
    final Path copy = temporary.resolve("mask-" + index + ".nii");
    Images.save(volume(index), copy);
    return copy;
  }

  /** Of images in memory and TIFF the voxels count: few made by hand keep the calibration. */
  private static <T extends RealType<T>> SpatialImage<? extends RealType<?>> inPlace(
      final SpatialImage<? extends RealType<?>> mask, final SpatialImage<?> image) {
    if (!Arrays.equals(mask.grid().size(), image.grid().size())) return mask;
    @SuppressWarnings("unchecked")
    final SpatialImage<T> typed = (SpatialImage<T>) mask;
    return new SpatialImage<>(typed.voxels(), image.grid(), mask.name());
  }
}
