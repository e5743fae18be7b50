package org.anatomicalpriors.updatesite;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import org.anatomicalpriors.InvalidInputException;

/** Times as the updater writes them: year, month, day, hour, minute, second; here in UTC. */
final class Timestamps {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);

  private Timestamps() {}

  /** Whether these are fourteen digits that name a time. */
  static boolean isValid(final String timestamp) {
    try {
      return timestamp.length() == 14 && LocalDateTime.parse(timestamp, FORMAT) != null;
    } catch (final DateTimeParseException e) {
      return false;
    }
  }

  /**
   * @param time as in {@code project.build.outputTimestamp}: ISO 8601, or seconds since 1970
   */
  static String of(final String time) {
    try {
      final Instant instant =
          time.matches("\\d{1,11}")
              ? Instant.ofEpochSecond(Long.parseLong(time))
              : DateTimeFormatter.ISO_DATE_TIME.parse(time, Instant::from);
      return FORMAT.format(instant.atOffset(ZoneOffset.UTC));
    } catch (final DateTimeParseException e) {
      throw new InvalidInputException(
          "\""
              + time
              + "\" is no time of a release; give one such as 2026-11-23T00:00:00Z, or seconds since"
              + " 1970.");
    }
  }
}
