package org.anatomicalpriors.io;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.anatomicalpriors.InvalidInputException;

/** Which file of another kind belongs to which image: its mask, or another of its channels. */
public final class Companions {

  private static final List<String> SEPARATORS = List.of("-", "_");

  /** What a file may be to an image. */
  public enum Kind {
    MASK("mask"),
    CHANNEL("channel");

    private final String word;

    Kind(final String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }

    /**
     * Whether this is one of the kind of the image, by the names that BIDS gives: another contrast
     * has another suffix, a mask the suffix {@code mask}, with a {@code desc} or without.
     */
    private boolean isBids(final String name, final String image) {
      if (!BIDS.matcher(image).matches() || !BIDS.matcher(name).matches()) return false;
      final String entities = Pattern.quote(entities(image)) + "_";
      return this == MASK
          ? name.matches(entities + "(desc-[A-Za-z0-9]+_)?mask")
          : name.matches(entities + "[^_-]+") && !NO_CONTRAST.matcher(name).find();
    }
  }

  /** Entities, of which the first is the subject, and a suffix. */
  private static final Pattern BIDS = Pattern.compile("sub-.*_[^_-]+");

  /** Suffixes of what is made from contrasts. */
  private static final Pattern NO_CONTRAST = Pattern.compile("_(mask|dseg|probseg)$");

  private final Map<Path, Path> byImage;

  private Companions(final Map<Path, Path> byImage) {
    this.byImage = byImage;
  }

  /**
   * Finds the companion of every image.
   *
   * @param kind what they are
   * @param given null for none; the companion of the only image, or a folder that for each image
   *     {@code NAME} holds {@code NAME-kind}, {@code NAME_kind}, {@code NAME}, or, where names are
   *     those of BIDS, the only one of the same entities (as {@code sub-01_FLAIR} or {@code
   *     sub-01_desc-brain_mask} for {@code sub-01_T1w})
   * @throws InvalidInputException if an image has none, or it cannot be told which
   */
  public static Companions of(final Kind kind, final Path given, final List<Path> images) {
    if (given == null) return new Companions(Map.of());
    final List<Path> files = Images.list(given);
    if (!Files.isDirectory(given)) {
      if (images.size() == 1) return new Companions(Map.of(images.get(0), given));
      throw new InvalidInputException(
          "One "
              + kind
              + ", "
              + given
              + ", was given for "
              + images.size()
              + " images; give a folder with a "
              + kind
              + " for each, called as the image or with -"
              + kind
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
                + kind
                + "; remove the other.");
    }
    final Map<Path, Path> byImage = new HashMap<>();
    final Map<Path, Path> imageOf = new HashMap<>();
    for (final Path image : images) {
      final Path found = find(kind, image, byName, given);
      final Path other = imageOf.put(found, image);
      if (other != null)
        throw new InvalidInputException(
            "The "
                + kind
                + " "
                + found
                + " has the name of "
                + other
                + " and of "
                + image
                + "; segment images of the same name one after the other, each with its "
                + kind
                + ".");
      byImage.put(image, found);
    }
    return new Companions(byImage);
  }

  private static Path find(
      final Kind kind, final Path image, final Map<String, Path> byName, final Path folder) {
    final String name = Images.baseName(image);
    for (final String separator : SEPARATORS) {
      final Path found = byName.get(name + separator + kind);
      if (found != null) return found;
    }
    final Path alike = byName.get(name);
    if (alike != null && !isSame(alike, image)) return alike;
    final List<Path> ofSubject =
        byName.keySet().stream()
            .filter(n -> kind.isBids(n, name))
            .sorted()
            .map(byName::get)
            .filter(f -> !isSame(f, image))
            .collect(Collectors.toList());
    if (ofSubject.size() == 1) return ofSubject.get(0);
    if (ofSubject.size() > 1)
      throw new InvalidInputException(
          "The folder "
              + folder
              + " holds more than one "
              + kind
              + " for "
              + image
              + ", "
              + ofSubject.get(0).getFileName()
              + " and "
              + ofSubject.get(1).getFileName()
              + "; keep each "
              + kind
              + " in a folder of its own.");
    throw new InvalidInputException(
        "The folder "
            + folder
            + " holds no "
            + kind
            + " for "
            + image
            + "; call it "
            + name
            + "-"
            + kind
            + ".nii.gz, and keep "
            + kind
            + "s in a folder of their own.");
  }

  private static String entities(final String name) {
    return name.substring(0, name.lastIndexOf('_'));
  }

  private static boolean isSame(final Path a, final Path b) {
    return ImageFiles.real(a).equals(ImageFiles.real(b));
  }

  /** The companion of an image; null if it has none. */
  public Path of(final Path image) {
    return byImage.get(image);
  }
}
