package org.anatomicalpriors.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * Turns the definitions of settings into options and their help, so that an option can never differ
 * from what the core obeys.
 */
final class SettingOptions {

  private SettingOptions() {}

  /** Gives a command one option {@code --name} for each setting, under a heading of its own. */
  static void add(
      final CommandSpec command, final String heading, final List<Setting<?>> settings) {
    final ArgGroupSpec.Builder group =
        ArgGroupSpec.builder()
            .exclusive(false)
            .validate(false)
            .heading("%n" + heading + ":%n")
            .order(command.argGroups().size() + 1);
    settings.forEach(s -> group.addArg(option(s)));
    command.addArgGroup(group.build());
  }

  /** The settings as the user gave them; those not given have their defaults. */
  static Settings read(final CommandSpec command, final List<Setting<?>> settings) {
    final Map<String, String> given = new LinkedHashMap<>();
    for (final Setting<?> s : settings) {
      final Object value = command.findOption(name(s)).getValue();
      if (value != null) given.put(s.name(), value.toString());
    }
    return Settings.of(settings).withTexts(given);
  }

  static String name(final Setting<?> setting) {
    return "--" + setting.name();
  }

  private static OptionSpec option(final Setting<?> s) {
    final OptionSpec.Builder option = OptionSpec.builder(name(s)).description(help(s));
    if (s.kind() == Setting.Kind.FLAG) {
      final boolean on = Boolean.TRUE.equals(s.defaultValue());
      return option.type(Boolean.class).arity("0").fallbackValue("true").negatable(on).build();
    }
    return option
        .type(String.class)
        .arity("1")
        .paramLabel(label(s))
        .converters(new Checked(s))
        .build();
  }

  /** Description, limits and default; for picocli, which reads it as a format. */
  private static String help(final Setting<?> s) {
    final String takes =
        s.kind() == Setting.Kind.FLAG || s.kind() == Setting.Kind.TEXT
            ? ""
            : " Give " + s.range() + ".";
    return (s.description() + takes + " Default: " + defaultText(s) + ".").replace("%", "%%");
  }

  private static <T> String defaultText(final Setting<T> s) {
    if (s.kind() == Setting.Kind.FLAG) return Boolean.TRUE.equals(s.defaultValue()) ? "on" : "off";
    final String text = s.format(s.defaultValue());
    if (text.isEmpty()) return "none";
    return s.unit().isEmpty() ? text : text + " " + s.unit();
  }

  private static String label(final Setting<?> s) {
    switch (s.kind()) {
      case INTEGER:
        return "N";
      case REAL:
        return "X";
      case INTEGERS:
        return "N,N,...";
      case CHOICE:
        return String.join("|", s.choices());
      default:
        return "TEXT";
    }
  }

  /** Lets through what the setting takes, and shows the setting's own sentence otherwise. */
  private static final class Checked implements ITypeConverter<String> {
    private final Setting<?> setting;

    Checked(final Setting<?> setting) {
      this.setting = setting;
    }

    @Override
    public String convert(final String text) {
      try {
        setting.parse(text);
        return text;
      } catch (final InvalidInputException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
