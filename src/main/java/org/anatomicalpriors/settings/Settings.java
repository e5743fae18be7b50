package org.anatomicalpriors.settings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.anatomicalpriors.InvalidInputException;

/**
 * Values of a list of settings; those never set have their defaults. Immutable.
 *
 * <pre>{@code
 * Settings s = Settings.of(PriorSettings.ALL).with(PriorSettings.STEPS, 500L);
 * }</pre>
 */
public final class Settings {

  private final Map<Setting<?>, Object> values;

  private Settings(final Map<Setting<?>, Object> values) {
    this.values = values;
  }

  /** The defaults of these settings. */
  public static Settings of(final List<Setting<?>> settings) {
    final Map<Setting<?>, Object> values = new LinkedHashMap<>();
    for (final Setting<?> s : settings) values.put(s, s.defaultValue());
    return new Settings(values);
  }

  /** The settings that have values here. */
  public List<Setting<?>> settings() {
    return Collections.unmodifiableList(new ArrayList<>(values.keySet()));
  }

  /** The values of some of these settings alone. */
  public Settings select(final List<Setting<?>> some) {
    final Map<Setting<?>, Object> selected = new LinkedHashMap<>();
    for (final Setting<?> s : some) selected.put(s, get(s));
    return new Settings(selected);
  }

  public <T> T get(final Setting<T> setting) {
    if (!values.containsKey(setting))
      throw new IllegalArgumentException("no setting " + setting + " here");
    @SuppressWarnings("unchecked") // with() and of() put only values of the setting's type
    final T value = (T) values.get(setting);
    return value;
  }

  /** Value of a whole-number setting that fits an int. */
  public int getInt(final Setting<Long> setting) {
    return Math.toIntExact(get(setting));
  }

  /**
   * A copy with another value.
   *
   * @throws InvalidInputException if it is outside the setting's limits
   */
  public <T> Settings with(final Setting<T> setting, final T value) {
    get(setting);
    final Map<Setting<?>, Object> copy = new LinkedHashMap<>(values);
    copy.put(setting, setting.check(value));
    return new Settings(copy);
  }

  /**
   * A copy with values read from texts by name.
   *
   * @throws InvalidInputException if a name is unknown or a value not valid
   */
  public Settings withTexts(final Map<String, String> texts) {
    Settings s = this;
    for (final Map.Entry<String, String> e : texts.entrySet()) {
      final Setting<?> setting =
          values.keySet().stream()
              .filter(k -> k.name().equals(e.getKey()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new InvalidInputException(
                          "There is no setting \""
                              + e.getKey()
                              + "\"; known are "
                              + values.keySet().stream()
                                  .map(Setting::name)
                                  .collect(Collectors.joining(", "))
                              + "."));
      s = s.withText(setting, e.getValue());
    }
    return s;
  }

  private <T> Settings withText(final Setting<T> setting, final String text) {
    return with(setting, setting.parse(text));
  }

  /**
   * These settings, if all that are required have values.
   *
   * @throws InvalidInputException if one was not given
   */
  public Settings complete() {
    for (final Setting<?> s : values.keySet()) if (s.isRequired()) checkGiven(s);
    return this;
  }

  private <T> void checkGiven(final Setting<T> setting) {
    if (setting.format(get(setting)).isEmpty())
      throw new InvalidInputException(
          "No "
              + setting
              + " was given; give "
              + setting.range()
              + (setting.example().isEmpty() ? "" : " (such as " + setting.example() + ")")
              + ".");
  }

  /** Every value as the text that reads back as it. */
  public Map<String, String> toTexts() {
    final Map<String, String> texts = new LinkedHashMap<>();
    values.keySet().forEach(s -> texts.put(s.name(), text(s)));
    return texts;
  }

  private <T> String text(final Setting<T> setting) {
    return setting.format(get(setting));
  }
}
