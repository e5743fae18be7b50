package org.anatomicalpriors.cli;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Setting.Kind;
import org.anatomicalpriors.settings.Settings;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
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
    settings.forEach(s -> group.addArg(option(s, false)));
    command.addArgGroup(group.build());
  }

  /**
   * Gives a command one option for each setting, those required marked so.
   *
   * @param argument name of the setting that is given without its name; empty if none is
   */
  static void add(
      final CommandSpec command, final List<Setting<?>> settings, final String argument) {
    for (final Setting<?> s : settings)
      if (s.name().equals(argument)) command.addPositional(positional(s));
      else command.addOption(option(s, !argument.isEmpty()));
  }

  /** The settings as the user gave them; those not given have their defaults. */
  static Settings read(final CommandSpec command, final List<Setting<?>> settings) {
    Settings values = Settings.of(settings);
    for (final Setting<?> s : settings) {
      final Object value = argument(command, s).getValue();
      if (value != null) values = with(values, s, value);
    }
    return values;
  }

  private static <T> Settings with(
      final Settings values, final Setting<T> setting, final Object given) {
    if (!(given instanceof List)) return values.with(setting, setting.parse(given.toString()));
    final List<Path> paths = new ArrayList<>(); // not through one text: a name may hold a separator
    for (final Object path : (List<?>) given) paths.add(Paths.get(path.toString()));
    @SuppressWarnings("unchecked") // only settings of files have options that take several
    final T value = (T) paths;
    return values.with(setting, value);
  }

  /** What a command takes the setting's value from. */
  static ArgSpec argument(final CommandSpec command, final Setting<?> setting) {
    final OptionSpec option = command.findOption(name(setting));
    return option != null ? option : command.positionalParameters().get(0);
  }

  static String name(final Setting<?> setting) {
    return "--" + setting.name();
  }

  /**
   * @param beforeArgument whether words without a name may follow, which are not the option's: then
   *     several files take the name again for each
   */
  private static OptionSpec option(final Setting<?> s, final boolean beforeArgument) {
    final OptionSpec.Builder option =
        OptionSpec.builder(name(s)).description(help(s)).required(s.isRequired());
    if (s.kind() == Kind.FLAG) {
      final boolean on = Boolean.TRUE.equals(s.defaultValue());
      return option.type(Boolean.class).arity("0").fallbackValue("true").negatable(on).build();
    }
    final boolean several = s.kind() == Kind.FILES;
    return option
        .type(several ? List.class : String.class)
        .auxiliaryTypes(String.class)
        .arity(several && !beforeArgument ? "1..*" : "1")
        .paramLabel(label(s))
        .converters(new Checked(s))
        .build();
  }

  private static PositionalParamSpec positional(final Setting<?> s) {
    final boolean several = s.kind() == Kind.FILES;
    return PositionalParamSpec.builder()
        .index(several ? "0..*" : "0")
        .description(help(s))
        .required(s.isRequired())
        .type(several ? List.class : String.class)
        .auxiliaryTypes(String.class)
        .arity(several ? "1..*" : "1")
        .paramLabel(label(s))
        .converters(new Checked(s))
        .build();
  }

  /** Description, limits, example and default; for picocli, which reads it as a format. */
  private static String help(final Setting<?> s) {
    final StringBuilder help = new StringBuilder(s.description());
    if (takesWords(s)) help.append(" Give ").append(s.range()).append('.');
    final String usual = defaultText(s);
    if (!s.isRequired()) help.append(" Default: ").append(usual).append('.');
    if (s.kind() != Kind.FLAG && !s.example().equals(defaultValue(s)))
      help.append(" Example: ").append(exampleText(s)).append('.');
    return escaped(help.toString());
  }

  /** Whether what the setting takes is not plain from its label. */
  private static boolean takesWords(final Setting<?> s) {
    switch (s.kind()) {
      case INTEGER:
      case REAL:
      case INTEGERS:
      case CHOICE:
        return true;
      default:
        return false;
    }
  }

  /** A text that picocli prints as it is. */
  static String escaped(final String text) {
    return text.replace("%", "%%");
  }

  private static <T> String defaultValue(final Setting<T> s) {
    return s.format(s.defaultValue());
  }

  private static String defaultText(final Setting<?> s) {
    if (s.kind() == Kind.FLAG) return Boolean.TRUE.equals(s.defaultValue()) ? "on" : "off";
    final String text = defaultValue(s);
    if (text.isEmpty()) return "none";
    return s.unit().isEmpty() ? text : text + " " + s.unit();
  }

  /** As the shell takes it: several files are words of their own. */
  private static String exampleText(final Setting<?> s) {
    return s.kind() == Kind.FILES ? s.example().replace(Setting.PATH_SEPARATOR, " ") : s.example();
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
      case FILE:
      case SAVE:
        return "FILE";
      case FILE_OR_FOLDER:
      case FILES:
        return "FILE|DIR";
      case FOLDER:
        return "DIR";
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
