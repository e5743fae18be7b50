package org.anatomicalpriors.updatesite;

import java.util.Optional;

/** A file's version of an earlier release; the updater knows by it what it may replace. */
final class Past {

  final String timestamp;
  final String checksum;

  /** Path at that time. */
  final String filename;

  private final String obsolete;

  /**
   * @param obsolete since when the site has it no more, or null if that is not recorded
   */
  Past(
      final String timestamp, final String checksum, final String filename, final String obsolete) {
    this.timestamp = timestamp;
    this.checksum = checksum;
    this.filename = filename;
    this.obsolete = obsolete;
  }

  Optional<String> obsolete() {
    return Optional.ofNullable(obsolete);
  }
}
