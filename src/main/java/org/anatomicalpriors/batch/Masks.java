package org.anatomicalpriors.batch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.io.Images;

/** Which mask belongs to which image. */
final class Masks {

  private static final List<String> ENDINGS = List.of("-mask", "_mask", "");

  private final Map<Path, Path> byImage;

  private Masks(final Map<Path, Path> byImage) {
    this.byImage = byImage;
  }

  /**
   * Finds the mask of every image.
   *
   * @param given null for none; the mask of the only image, or a folder that for each image {@code
   *     NAME} holds {@code NAME-mask}, {@code NAME_mask} or {@code NAME}
   * @throws InvalidInputException if an image has none, or it cannot be told which
   */
  static Masks of(final Path given, final List<Path> images) {
    if (given == null) return new Masks(Map.of());
    final List<Path> masks = Images.list(given);
    if (!Files.isDirectory(given)) {
      if (images.size() == 1) return new Masks(Map.of(images.get(0), given));
      throw new InvalidInputException(
          "One mask, "
              + given
              + ", was given for "
              + images.size()
              + " images; give a folder with a mask for each, called as the image or with -mask added.");
    }
    final Map<String, Path> byName = new HashMap<>();
    for (final Path mask : masks) {
      final Path other = byName.put(Images.baseName(mask), mask);
      if (other != null)
        throw new InvalidInputException(
            "Of the masks " + other + " and " + mask + " only one can be meant; remove the other.");
    }
    final Map<Path, Path> byImage = new HashMap<>();
    final Map<Path, Path> byMask = new HashMap<>();
    for (final Path image : images) {
      final Path mask = find(image, byName, given);
      final Path other = byMask.put(mask, image);
      if (other != null)
        throw new InvalidInputException(
            "The mask "
                + mask
                + " has the name of "
                + other
                + " and of "
                + image
                + "; segment images of the same name one after the other, each with its mask.");
      byImage.put(image, mask);
    }
    return new Masks(byImage);
  }

  private static Path find(final Path image, final Map<String, Path> byName, final Path folder) {
    for (final String ending : ENDINGS) {
      final Path mask = byName.get(Images.baseName(image) + ending);
      if (mask != null && !isSame(mask, image)) return mask;
    }
    throw new InvalidInputException(
        "The folder "
            + folder
            + " holds no mask for "
            + image
            + "; call it "
            + Images.baseName(image)
            + "-mask.nii.gz, and keep masks in a folder of their own.");
  }

  private static boolean isSame(final Path a, final Path b) {
    return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize());
  }

  /** The mask of an image; null if it has none. */
  Path of(final Path image) {
    return byImage.get(image);
  }
}
