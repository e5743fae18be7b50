package org.anatomicalpriors.batch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.io.Images;

/** Which file of another kind belongs to which image: its mask, or another of its channels. */
final class Companions {

  private static final List<String> SEPARATORS = List.of("-", "_");

  private final Map<Path, Path> byImage;

  private Companions(final Map<Path, Path> byImage) {
    this.byImage = byImage;
  }

  /**
   * Finds the companion of every image.
   *
   * @param what they are, in a word that a name may end in
   * @param given null for none; the companion of the only image, or a folder that for each image
   *     {@code NAME} holds {@code NAME-what}, {@code NAME_what}, {@code NAME}, or, where names are
   *     those of BIDS, the only file of the same entities (as {@code sub-01_FLAIR} for {@code
   *     sub-01_T1w})
   * @throws InvalidInputException if an image has none, or it cannot be told which
   */
  static Companions of(final String what, final Path given, final List<Path> images) {
    if (given == null) return new Companions(Map.of());
    final List<Path> files = Images.list(given);
    if (!Files.isDirectory(given)) {
      if (images.size() == 1) return new Companions(Map.of(images.get(0), given));
      throw new InvalidInputException(
          "One "
              + what
              + ", "
              + given
              + ", was given for "
              + images.size()
              + " images; give a folder with a "
              + what
              + " for each, called as the image or with -"
              + what
              + " added.");
    }
    final Map<String, Path> byName = new HashMap<>();
    for (final Path file : files) {
      final Path other = byName.put(Images.baseName(file), file);
      if (other != null)
        throw new InvalidInputException(
            "Of "
                + other
                + " and "
                + file
                + " only one can be the "
                + what
                + "; remove the other.");
    }
    final Map<Path, Path> byImage = new HashMap<>();
    final Map<Path, Path> imageOf = new HashMap<>();
    for (final Path image : images) {
      final Path found = find(what, image, byName, given);
      final Path other = imageOf.put(found, image);
      if (other != null)
        throw new InvalidInputException(
            "The "
                + what
                + " "
                + found
                + " has the name of "
                + other
                + " and of "
                + image
                + "; segment images of the same name one after the other, each with its "
                + what
                + ".");
      byImage.put(image, found);
    }
    return new Companions(byImage);
  }

  private static Path find(
      final String what, final Path image, final Map<String, Path> byName, final Path folder) {
    final String name = Images.baseName(image);
    for (final String separator : SEPARATORS) {
      final Path found = byName.get(name + separator + what);
      if (found != null) return found;
    }
    final Path alike = byName.get(name);
    if (alike != null && !isSame(alike, image)) return alike;
    final List<Path> ofSubject =
        byName.keySet().stream()
            .filter(n -> isBids(name) && isBids(n) && entities(n).equals(entities(name)))
            .map(byName::get)
            .filter(f -> !isSame(f, image))
            .collect(Collectors.toList());
    if (ofSubject.size() == 1) return ofSubject.get(0);
    throw new InvalidInputException(
        "The folder "
            + folder
            + " holds no "
            + what
            + " for "
            + image
            + "; call it "
            + name
            + "-"
            + what
            + ".nii.gz, and keep "
            + what
            + "s in a folder of their own.");
  }

  /** Whether a name is entities, of which the first is the subject, and a suffix. */
  private static boolean isBids(final String name) {
    return name.startsWith("sub-") && name.matches("(.*_)[^_-]+");
  }

  private static String entities(final String name) {
    return name.substring(0, name.lastIndexOf('_'));
  }

  private static boolean isSame(final Path a, final Path b) {
    return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize());
  }

  /** The companion of an image; null if it has none. */
  Path of(final Path image) {
    return byImage.get(image);
  }
}
