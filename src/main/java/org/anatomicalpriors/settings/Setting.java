package org.anatomicalpriors.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.anatomicalpriors.InvalidInputException;

/**
 * The definition of one setting: what it is called, what it may be and what it means. Immutable.
 *
 * @param <T> type of its values
 */
public final class Setting<T> {

  /** What kind of value a setting takes, for faces that draw an input field. */
  public enum Kind {
    /** A whole number. */
    INTEGER,
    /** A real number. */
    REAL,
    /** Yes or no. */
    FLAG,
    /** One of a few words. */
    CHOICE,
    /** A list of whole numbers. */
    INTEGERS,
    /** Free text. */
    TEXT,
    /** A file to read. */
    FILE,
    /** A file to read, or a folder of them. */
    FILE_OR_FOLDER,
    /** Files to read, or folders of them. */
    FILES,
    /** A file to write. */
    SAVE,
    /** A folder to write into. */
    FOLDER
  }

  /** Between the paths of a list written as one text. */
  public static final String PATH_SEPARATOR = ";";

  private final String name;
  private final Kind kind;
  private final T defaultValue;
  private final String unit;
  private final double least;
  private final double most;
  private final List<String> choices;
  private final String description;
  private final Function<String, T> parser;
  private final String example;
  private final boolean required;
  private final boolean ofOneRun;

  private Setting(
      final String name,
      final Kind kind,
      final T defaultValue,
      final String unit,
      final double least,
      final double most,
      final List<String> choices,
      final String description,
      final Function<String, T> parser) {
    this.name = name;
    this.kind = kind;
    this.defaultValue = defaultValue;
    this.unit = unit;
    this.least = least;
    this.most = most;
    this.choices = choices;
    this.description = description;
    this.parser = parser;
    example = null;
    required = false;
    ofOneRun = false;
  }

  private Setting(
      final Setting<T> s, final String example, final boolean required, final boolean ofOneRun) {
    name = s.name;
    kind = s.kind;
    defaultValue = s.defaultValue;
    unit = s.unit;
    least = s.least;
    most = s.most;
    choices = s.choices;
    description = s.description;
    parser = s.parser;
    this.example = example;
    this.required = required;
    this.ofOneRun = ofOneRun;
  }

  // -- Definitions --

  /** A whole number from {@code least} to {@code most}. */
  public static Setting<Long> integer(
      final String name,
      final long defaultValue,
      final long least,
      final long most,
      final String unit,
      final String description) {
    return new Setting<>(
        name, Kind.INTEGER, defaultValue, unit, least, most, none(), description, Long::valueOf);
  }

  /** A real number from {@code least} to {@code most}. */
  public static Setting<Double> real(
      final String name,
      final double defaultValue,
      final double least,
      final double most,
      final String unit,
      final String description) {
    return new Setting<>(
        name, Kind.REAL, defaultValue, unit, least, most, none(), description, Double::valueOf);
  }

  /** Yes or no. */
  public static Setting<Boolean> flag(
      final String name, final boolean defaultValue, final String description) {
    final List<String> words = Collections.unmodifiableList(Arrays.asList("true", "false"));
    return new Setting<>(
            name, Kind.FLAG, defaultValue, "", 0, 0, words, description, Boolean::valueOf)
        .example(String.valueOf(!defaultValue));
  }

  /** One of the constants of an enum, written in lower case. */
  public static <E extends Enum<E>> Setting<E> choice(
      final String name, final E defaultValue, final String description) {
    final E[] constants = defaultValue.getDeclaringClass().getEnumConstants();
    final String[] words =
        Arrays.stream(constants).map(c -> c.name().toLowerCase(Locale.ROOT)).toArray(String[]::new);
    return new Setting<>(
        name,
        Kind.CHOICE,
        defaultValue,
        "",
        0,
        0,
        Collections.unmodifiableList(Arrays.asList(words)),
        description,
        text -> constants[Arrays.asList(words).indexOf(text.toLowerCase(Locale.ROOT))]);
  }

  /**
   * A list of whole numbers, each from {@code least} to {@code most}, written with commas; it may
   * be empty if its default is.
   */
  public static Setting<List<Integer>> integers(
      final String name,
      final List<Integer> defaultValue,
      final int least,
      final int most,
      final String unit,
      final String description) {
    return new Setting<>(
        name,
        Kind.INTEGERS,
        defaultValue,
        unit,
        least,
        most,
        none(),
        description,
        text ->
            text.isEmpty()
                ? Collections.emptyList()
                : Arrays.stream(text.split(",", -1))
                    .map(t -> Integer.valueOf(t.trim()))
                    .collect(Collectors.toList()));
  }

  /** Free text. */
  public static Setting<String> text(
      final String name, final String defaultValue, final String description) {
    return new Setting<>(
        name, Kind.TEXT, defaultValue, "", 0, 0, none(), description, Function.identity());
  }

  /** A file to read; null if not given. */
  public static Setting<Path> file(final String name, final String description) {
    return path(name, Kind.FILE, description);
  }

  /** A file to read, or a folder of them; null if not given. */
  public static Setting<Path> fileOrFolder(final String name, final String description) {
    return path(name, Kind.FILE_OR_FOLDER, description);
  }

  /** A file to write; null if not given. */
  public static Setting<Path> save(final String name, final String description) {
    return path(name, Kind.SAVE, description);
  }

  /** A folder to write into; null if not given. */
  public static Setting<Path> folder(final String name, final String description) {
    return path(name, Kind.FOLDER, description);
  }

  private static Setting<Path> path(final String name, final Kind kind, final String description) {
    return new Setting<>(name, kind, null, "", 0, 0, none(), description, PathTexts::one);
  }

  /**
   * Files to read, or folders of them; an empty list if not given. As text they are joined by
   * {@value #PATH_SEPARATOR}.
   */
  public static Setting<List<Path>> files(final String name, final String description) {
    return new Setting<>(
        name, Kind.FILES, Collections.emptyList(), "", 0, 0, none(), description, PathTexts::many);
  }

  private static List<String> none() {
    return Collections.emptyList();
  }

  /** The same setting with a value to show as an example, written as text. */
  public Setting<T> example(final String text) {
    return new Setting<>(this, text, required, ofOneRun);
  }

  /** The same setting, which has to be given. */
  public Setting<T> required() {
    return new Setting<>(this, example, true, ofOneRun);
  }

  /** The same setting, whose value is about one image or run; dialogs do not remember it. */
  public Setting<T> ofOneRun() {
    return new Setting<>(this, example, required, true);
  }

  // -- What it is --

  /** Whether a value has to be given. */
  public boolean isRequired() {
    return required;
  }

  /** Whether it is about one image or run, as all paths are. */
  public boolean isOfOneRun() {
    return ofOneRun || kind.compareTo(Kind.FILE) >= 0;
  }

  /** A value as text, to show how one is written: the default unless another was chosen. */
  public String example() {
    return example == null ? format(defaultValue) : example;
  }

  /** Words joined by hyphens, such as {@code learning-rate}. */
  public String name() {
    return name;
  }

  public Kind kind() {
    return kind;
  }

  public T defaultValue() {
    return defaultValue;
  }

  /** Unit of the value, or an empty string. */
  public String unit() {
    return unit;
  }

  /** Smallest value of a number. */
  public double least() {
    return least;
  }

  /** Largest value of a number. */
  public double most() {
    return most;
  }

  /** The words that a choice takes. */
  public List<String> choices() {
    return choices;
  }

  public String description() {
    return description;
  }

  // -- Values --

  /**
   * Reads a value.
   *
   * @throws InvalidInputException if the text is no such value or outside the limits
   */
  public T parse(final String text) {
    if (kind == Kind.FLAG && !choices.contains(text.toLowerCase(Locale.ROOT))) throw invalid(text);
    final T value;
    try {
      value = parser.apply(text.trim());
    } catch (final NumberFormatException
        | ArrayIndexOutOfBoundsException
        | InvalidPathException e) {
      throw invalid(text);
    }
    if (!isValid(value)) throw invalid(text);
    return value;
  }

  /**
   * Returns {@code value} if it is within the limits.
   *
   * @throws InvalidInputException if not
   */
  public T check(final T value) {
    if (!isValid(value)) throw invalid(format(value));
    return value;
  }

  private boolean isValid(final T value) {
    if (required && isEmpty(value)) return false;
    if (kind == Kind.FILES) return true;
    if (value instanceof Number) return within(((Number) value).doubleValue());
    if (!(value instanceof List)) return true;
    final List<?> list = (List<?>) value;
    if (list.isEmpty()) return isEmpty(defaultValue);
    return list.stream().allMatch(v -> within(((Number) v).doubleValue()));
  }

  private static boolean isEmpty(final Object value) {
    return value == null
        || value.toString().isEmpty()
        || value instanceof List && ((List<?>) value).isEmpty();
  }

  private boolean within(final double v) {
    return v >= least && v <= most;
  }

  /** The text that {@link #parse} reads as this value. */
  public String format(final T value) {
    if (value == null) return "";
    if (value instanceof List)
      return ((List<?>) value)
          .stream()
              .map(String::valueOf)
              .collect(Collectors.joining(kind == Kind.FILES ? PATH_SEPARATOR : ","));
    return value instanceof Enum
        ? ((Enum<?>) value).name().toLowerCase(Locale.ROOT)
        : String.valueOf(value);
  }

  /** What the setting takes, in words: its limits or choices, with the unit. */
  public String range() {
    return SettingRange.of(this);
  }

  private InvalidInputException invalid(final String given) {
    return new InvalidInputException(
        "\"" + given + "\" was given for " + name + "; give " + range() + ".");
  }

  @Override
  public String toString() {
    return name;
  }
}
