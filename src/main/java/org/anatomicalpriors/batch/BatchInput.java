package org.anatomicalpriors.batch;

import java.nio.file.Path;
import java.util.List;

/** An image to segment: its file, those of its other channels, and that of its mask. */
final class BatchInput {

  private final Path file;
  private final List<Path> channels;
  private final Path mask;

  /**
   * @param mask null for none
   */
  BatchInput(final Path file, final List<Path> channels, final Path mask) {
    this.file = file;
    this.channels = List.copyOf(channels);
    this.mask = mask;
  }

  Path file() {
    return file;
  }

  /** Files of its other channels. */
  List<Path> channels() {
    return channels;
  }

  /** File of its mask, or null if it has none. */
  Path mask() {
    return mask;
  }
}
