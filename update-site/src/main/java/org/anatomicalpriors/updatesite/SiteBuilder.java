package org.anatomicalpriors.updatesite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anatomicalpriors.InvalidInputException;

/**
 * Makes the folder of a release: its files, each with its time added to the name, and the records
 * of these and of all that earlier releases had. A file that has not changed keeps its time, so
 * that nobody has to fetch it again.
 */
final class SiteBuilder {

  private final String timestamp;

  /**
   * @param timestamp of the release
   */
  SiteBuilder(final String timestamp) {
    this.timestamp = timestamp;
  }

  /**
   * @param previous the last release's folder or database, or null for the first release
   * @param output a new or empty folder
   * @return the site's records
   * @throws InvalidInputException if two files would be one to the updater, the folder is in use,
   *     or the release is not later than the last one
   */
  Database build(final List<SiteFile> files, final Path previous, final Path output)
      throws IOException {
    Folders.requireEmpty(output);
    final Database before = previous == null ? Database.EMPTY : Database.read(previous);
    final Map<String, SiteFile> byKey = byKey(files);
    final List<PluginRecord> records = new ArrayList<>();
    for (final SiteFile file : byKey.values()) records.add(record(file, before));
    for (final PluginRecord old : before.records())
      if (!byKey.containsKey(old.key()))
        records.add(old.current().isPresent() ? old.obsoleteAt(timestamp) : old);
    requireLater(before, records);
    final Database database = new Database(records);
    Folders.make(output, folder -> fill(folder, database, byKey, previous));
    return database;
  }

  private static Map<String, SiteFile> byKey(final List<SiteFile> files) {
    final Map<String, SiteFile> byKey = new TreeMap<>();
    for (final SiteFile file : files) {
      final SiteFile other = byKey.put(file.key(), file);
      if (other != null)
        throw new InvalidInputException(
            "The updater takes "
                + other.path
                + " and "
                + file.path
                + " for one file, since it does not look at versions; rename or leave out one.");
    }
    return byKey;
  }

  private PluginRecord record(final SiteFile file, final Database before) throws IOException {
    final Current next =
        new Current(
            timestamp, Checksum.of(file.path, file.source), Files.size(file.source), file.details);
    return before
        .find(file.key())
        .map(old -> old.followedBy(file.path, next))
        .orElseGet(() -> new PluginRecord(file.path, file.platforms(), next, List.of()));
  }

  /** Fiji goes by the times: a change has to be the newest. */
  private void requireLater(final Database before, final List<PluginRecord> records) {
    final boolean changed = records.stream().anyMatch(r -> isChanged(r, before));
    final String last =
        before.records().stream().flatMap(SiteBuilder::times).max(String::compareTo).orElse("");
    if (changed && timestamp.compareTo(last) <= 0)
      throw new InvalidInputException(
          "The release's time is "
              + timestamp
              + ", but the last release is of "
              + last
              + " and other; set project.build.outputTimestamp in pom.xml to a later time, or give"
              + " one with --timestamp.");
  }

  private static boolean isChanged(final PluginRecord record, final Database before) {
    final Optional<PluginRecord> old = before.find(record.key());
    return old.isEmpty() || !record.sameCurrent(old.get());
  }

  private static Stream<String> times(final PluginRecord record) {
    return Stream.concat(
        record.current().map(c -> c.timestamp).stream(),
        record.past.stream().map(p -> p.obsolete().orElse(p.timestamp)));
  }

  private static void fill(
      final Path folder,
      final Database database,
      final Map<String, SiteFile> files,
      final Path previous)
      throws IOException {
    for (final PluginRecord record :
        database.records().stream()
            .filter(r -> r.current().isPresent())
            .collect(Collectors.toList())) {
      final Path target = folder.resolve(record.siteName());
      Files.createDirectories(target.getParent());
      final Path published = previous == null ? null : previous.resolve(record.siteName());
      Files.copy(
          published != null && Files.isRegularFile(published)
              ? published
              : files.get(record.key()).source,
          target);
    }
    DatabaseWriter.write(database, folder.resolve(Database.NAME));
  }
}
