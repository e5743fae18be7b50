package org.anatomicalpriors.updatesite;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file that a release puts on the site. */
final class SiteFile {

  /** Relative to Fiji's folder. */
  final String path;

  /** Where its content is now. */
  final Path source;

  final Current.Details details;

  SiteFile(final String path, final Path source) {
    this(path, source, Current.Details.NONE);
  }

  SiteFile(final String path, final Path source, final Current.Details details) {
    this.path = path;
    this.source = source;
    this.details = details;
  }

  String key() {
    return SitePath.stripped(path);
  }

  /** Those it is for; empty for all. */
  List<String> platforms() {
    final Optional<String> platform = SitePath.platform(path);
    return platform.isPresent() ? List.of(platform.get()) : List.of();
  }
}
