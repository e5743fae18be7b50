package org.anatomicalpriors.updatesite;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the updater requires of the records, whatever the files are. */
final class RecordRules {

  private RecordRules() {}

  static void check(final Database database, final Problems problems) {
    final Map<String, String> keys = new HashMap<>();
    for (final PluginRecord record : database.records()) {
      final String other = keys.put(record.key(), record.filename);
      problems.require(
          other == null,
          "The records of "
              + other
              + " and "
              + record.filename
              + " are of one file to the updater, which does not look at versions; keep one.");
      path(record, problems);
      platform(record, problems);
      times(record, problems);
    }
  }

  private static void path(final PluginRecord record, final Problems problems) {
    final String path = record.filename;
    problems.require(
        SitePath.isClean(path),
        "\""
            + path
            + "\" is no path below Fiji's folder for every system; use letters, digits and . _ + -"
            + " between slashes.");
    problems.require(
        SitePath.isTracked(path),
        path
            + " is of no kind that the updater looks after in that folder; put it elsewhere, such as"
            + " in lib/.");
  }

  private static void platform(final PluginRecord record, final Problems problems) {
    final Optional<String> folder = SitePath.platform(record.filename);
    final List<String> needed = folder.isPresent() ? List.of(folder.get()) : List.of();
    problems.require(
        record.platforms.equals(needed),
        record.filename
            + " is recorded for the platforms "
            + record.platforms
            + ", but its folder says "
            + needed
            + "; the updater would install it in the wrong place.");
  }

  private static void times(final PluginRecord record, final Problems problems) {
    final String present = record.current().map(c -> c.timestamp).orElse("");
    problems.require(
        record.current().isEmpty() || Timestamps.isValid(present),
        record.filename + " has the time \"" + present + "\"; 14 digits of a time are needed.");
    problems.require(
        record.current().isPresent() || !record.past.isEmpty(),
        record.filename
            + " has neither a version nor an earlier one; an obsolete file needs the record of what"
            + " it was.");
    for (final Past past : record.past) {
      final String end = past.obsolete().orElse(past.timestamp);
      problems.require(
          Timestamps.isValid(past.timestamp)
              && Timestamps.isValid(end)
              && past.timestamp.compareTo(end) <= 0,
          record.filename
              + " has an earlier version of the time \""
              + past.timestamp
              + "\", obsolete at \""
              + end
              + "\"; 14 digits of a time are needed, in this order.");
      problems.require(
          record.current().isEmpty() || past.timestamp.compareTo(present) < 0,
          record.filename
              + " has an earlier version of "
              + past.timestamp
              + ", which is not before the present one of "
              + present
              + ".");
    }
  }
}
