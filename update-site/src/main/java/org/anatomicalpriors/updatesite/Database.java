package org.anatomicalpriors.updatesite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** All records of a site: its file {@code db.xml.gz}. */
final class Database {

  static final String NAME = "db.xml.gz";

  static final Database EMPTY = new Database(List.of());

  private final List<PluginRecord> records;

  Database(final List<PluginRecord> records) {
    this.records =
        records.stream()
            .sorted(Comparator.comparing(PluginRecord::key))
            .collect(Collectors.toUnmodifiableList());
  }

  /**
   * @param source a site's folder or its database
   * @throws org.anatomicalpriors.InvalidInputException if there is none, or not in the format
   */
  static Database read(final Path source) {
    return DatabaseReader.read(Files.isDirectory(source) ? source.resolve(NAME) : source);
  }

  /** In order of their paths without versions. */
  List<PluginRecord> records() {
    return records;
  }

  /**
   * @param key path without version
   */
  Optional<PluginRecord> find(final String key) {
    return records.stream().filter(r -> r.key().equals(key)).findFirst();
  }
}
