package org.anatomicalpriors.updatesite;

import java.util.List;

/** A file's present version on the site. */
final class Current {

  final String timestamp;
  final String checksum;
  final long size;
  final Details details;

  /** What the updater shows of a file and installs with it. */
  static final class Details {

    static final Details NONE = new Details("", List.of(), List.of(), List.of());

    /** Empty for none. */
    final String description;

    /** Paths without versions. */
    final List<String> dependencies;

    final List<String> links;
    final List<String> authors;

    Details(
        final String description,
        final List<String> dependencies,
        final List<String> links,
        final List<String> authors) {
      this.description = description;
      this.dependencies = List.copyOf(dependencies);
      this.links = List.copyOf(links);
      this.authors = List.copyOf(authors);
    }
  }

  /**
   * @param size in bytes
   */
  Current(final String timestamp, final String checksum, final long size, final Details details) {
    this.timestamp = timestamp;
    this.checksum = checksum;
    this.size = size;
    this.details = details;
  }

  boolean sameContent(final Current other) {
    return checksum.equals(other.checksum) && size == other.size;
  }
}
