package org.anatomicalpriors.updatesite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a site tells of one file: its version, if the site still has it, and the earlier ones. */
final class PluginRecord {

  /** Path with the jar's version. */
  final String filename;

  /** Empty for all. */
  final List<String> platforms;

  final List<Past> past;
  private final Current current;

  /**
   * @param current null for an obsolete file
   */
  PluginRecord(
      final String filename,
      final List<String> platforms,
      final Current current,
      final List<Past> past) {
    this.filename = filename;
    this.platforms = List.copyOf(platforms);
    this.current = current;
    this.past = List.copyOf(past);
  }

  /** Empty for an obsolete file. */
  Optional<Current> current() {
    return Optional.ofNullable(current);
  }

  /** Path without version, which tells files from each other. */
  String key() {
    return SitePath.stripped(filename);
  }

  /** Where the site has the file. */
  String siteName() {
    return filename + "-" + current.timestamp;
  }

  /**
   * The next release's record.
   *
   * @param next its version; the record stays at the old one if that has the same content
   */
  PluginRecord followedBy(final String nextName, final Current next) {
    if (current != null && current.sameContent(next) && filename.equals(nextName))
      return new PluginRecord(
          filename,
          platforms,
          new Current(current.timestamp, current.checksum, current.size, next.details),
          past);
    return new PluginRecord(nextName, platforms, next, pastAt(next.timestamp));
  }

  /** Whether both are obsolete, or of the same version under the same name. */
  boolean sameCurrent(final PluginRecord other) {
    if (current == null || other.current == null) return current == other.current;
    return filename.equals(other.filename)
        && current.timestamp.equals(other.current.timestamp)
        && current.sameContent(other.current);
  }

  /** The record after a release without the file. */
  PluginRecord obsoleteAt(final String timestamp) {
    return new PluginRecord(filename, platforms, null, pastAt(timestamp));
  }

  private List<Past> pastAt(final String timestamp) {
    final List<Past> all = new ArrayList<>(past);
    if (current != null)
      all.add(new Past(current.timestamp, current.checksum, filename, timestamp));
    return all;
  }
}
