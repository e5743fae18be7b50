package org.anatomicalpriors.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.model.ImageVector;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.SpatialImage;

/** Which files are the other channels of which image. Immutable. */
public final class ChannelFiles {

  private final Map<Path, List<Path>> byImage;

  private ChannelFiles(final Map<Path, List<Path>> byImage) {
    this.byImage = byImage;
  }

  /**
   * Finds the other channels of every image.
   *
   * @param given for every channel a file, if there is one image, or a folder, see {@link
   *     Companions}
   * @throws InvalidInputException if there are too many, an image lacks one, or has a file twice
   */
  public static ChannelFiles of(final List<Path> given, final List<Path> images) {
    requireFew(given.size());
    final List<Companions> all = new ArrayList<>();
    for (final Path channel : given)
      all.add(Companions.of(Companions.Kind.CHANNEL, channel, images));
    final Map<Path, List<Path>> byImage = new HashMap<>();
    for (final Path image : images) {
      final List<Path> channels = new ArrayList<>();
      all.forEach(c -> channels.add(c.of(image)));
      requireDifferent(image, channels);
      byImage.put(image, Collections.unmodifiableList(channels));
    }
    return new ChannelFiles(byImage);
  }

  /**
   * Checks the other channels of one image.
   *
   * @throws InvalidInputException if there are too many, or a file is given twice
   */
  public static void check(final Path image, final List<Path> channels) {
    requireFew(channels.size());
    requireDifferent(image, channels);
  }

  private static void requireFew(final int others) {
    if (others >= ImageVector.MOST_CHANNELS)
      throw new InvalidInputException(
          others
              + " other channels were given, and an image may have "
              + ImageVector.MOST_CHANNELS
              + " in all; give those that show the anatomy best.");
  }

  /** A channel given twice would count twice. */
  private static void requireDifferent(final Path image, final List<Path> channels) {
    final Set<Path> seen = new HashSet<>(Set.of(ImageFiles.real(image)));
    for (final Path channel : channels)
      if (!seen.add(ImageFiles.real(channel)))
        throw new InvalidInputException(
            "The channel "
                + channel
                + " of "
                + image
                + " was given twice, or is the image itself; give each file once.");
  }

  /** Files of an image's other channels, in the order given; none if none were. */
  public List<Path> of(final Path image) {
    return byImage.getOrDefault(image, List.of());
  }

  /** Opens an image's other channels. */
  List<SpatialImage<? extends RealType<?>>> open(final Path image, final Progress progress) {
    final List<SpatialImage<? extends RealType<?>>> opened = new ArrayList<>();
    for (final Path channel : of(image)) opened.add(Images.open(channel, progress));
    return opened;
  }
}
