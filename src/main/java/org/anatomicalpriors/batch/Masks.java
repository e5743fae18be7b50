package org.anatomicalpriors.batch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.io.Images;

/** Which mask belongs to which image. */
public final class Masks {

  /** Masks of no image. */
  public static final Masks NONE = new Masks(Map.of());

  private static final List<String> ENDINGS = List.of("-mask", "_mask", "");

  private final Map<Path, Path> byImage;

  private Masks(final Map<Path, Path> byImage) {
    this.byImage = byImage;
  }

  /**
   * Finds the mask of every image.
   *
   * @param given the mask of the only image, or a folder that for each image {@code NAME} holds
   *     {@code NAME-mask}, {@code NAME_mask} or {@code NAME}
   * @throws InvalidInputException if an image has none
   */
  public static Masks of(final Path given, final List<Path> images) {
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
    masks.forEach(m -> byName.put(Images.baseName(m), m));
    final Map<Path, Path> byImage = new HashMap<>();
    for (final Path image : images) byImage.put(image, find(image, byName, given));
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
