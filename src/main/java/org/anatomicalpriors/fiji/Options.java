package org.anatomicalpriors.fiji;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;

/**
 * Options as scripts give them, by names with {@code _} or {@code -} and as texts or values, to
 * settings.
 */
final class Options {

  private Options() {}

  /**
   * The settings with the values given.
   *
   * @throws org.anatomicalpriors.InvalidInputException if a name is unknown or a value not valid
   */
  static Settings of(final List<Setting<?>> known, final Map<String, ?> given) {
    return Settings.of(known).withTexts(texts(given));
  }

  /** The values of some of the settings. */
  static Settings part(final List<Setting<?>> wanted, final Settings all) {
    final Map<String, String> texts = all.toTexts();
    final Map<String, String> part = new LinkedHashMap<>();
    for (final Setting<?> s : wanted)
      if (!texts.get(s.name()).isEmpty()) part.put(s.name(), texts.get(s.name()));
    return Settings.of(wanted).withTexts(part);
  }

  /** Values as texts by the settings' names; those that are null are left out. */
  static Map<String, String> texts(final Map<String, ?> given) {
    final Map<String, String> texts = new LinkedHashMap<>();
    given.forEach(
        (name, value) -> {
          if (value != null) texts.put(name.replace('_', '-'), text(value));
        });
    return texts;
  }

  private static String text(final Object value) {
    if (value instanceof Collection) {
      final Collection<?> items = (Collection<?>) value;
      final boolean numbers = items.stream().allMatch(i -> i instanceof Number);
      return items.stream()
          .map(Options::text)
          .collect(Collectors.joining(numbers ? "," : Setting.PATH_SEPARATOR));
    }
    // Script languages hand over whole numbers as doubles.
    if (value instanceof Double || value instanceof Float) {
      final double v = ((Number) value).doubleValue();
      return v == Math.rint(v) && Math.abs(v) < 1e15 ? Long.toString((long) v) : value.toString();
    }
    return value instanceof Enum
        ? ((Enum<?>) value).name().toLowerCase(java.util.Locale.ROOT)
        : value.toString();
  }
}
