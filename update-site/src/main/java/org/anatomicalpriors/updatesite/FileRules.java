package org.anatomicalpriors.updatesite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The site's files are those of the records, byte by byte. */
final class FileRules {

  private FileRules() {}

  static void check(final Path site, final Database database, final Problems problems)
      throws IOException {
    final Set<String> known = new HashSet<>(Set.of(Database.NAME));
    for (final PluginRecord record : database.records()) {
      for (final Past past : record.past) known.add(past.filename + "-" + past.timestamp);
      if (record.current().isEmpty()) continue;
      known.add(record.siteName());
      if (SitePath.isClean(record.filename)) file(site, record, problems);
    }
    for (final String file : Folders.files(site))
      problems.require(
          known.contains(file),
          file + " is in the folder, but no record names it; remove it or build the site anew.");
  }

  private static void file(final Path site, final PluginRecord record, final Problems problems)
      throws IOException {
    final Current current = record.current().orElseThrow();
    final Path file = site.resolve(record.siteName());
    if (!Files.isRegularFile(file)) {
      problems.require(false, record.siteName() + " is recorded, but is not in the folder.");
      return;
    }
    problems.require(
        Files.size(file) == current.size,
        record.siteName()
            + " has "
            + Files.size(file)
            + " bytes, but "
            + current.size
            + " are recorded; the updater refuses such a file.");
    final String checksum = checksum(record.filename, file);
    problems.require(
        checksum.equals(current.checksum),
        record.siteName()
            + " has the checksum "
            + checksum
            + ", but "
            + current.checksum
            + " is recorded; the file or the record is damaged.");
  }

  private static String checksum(final String path, final Path file) {
    try {
      return Checksum.of(path, file);
    } catch (final IOException e) {
      return "none (" + e.getMessage() + ")";
    }
  }
}
