package org.anatomicalpriors.command;

import java.io.File;
import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Setting.Kind;
import org.scijava.command.CommandModuleItem;
import org.scijava.module.ModuleInfo;
import org.scijava.plugin.Parameter;
import org.scijava.widget.FileWidget;

/**
 * A setting as a command's input: {@code learning-rate} becomes {@code learning_rate}. It has no
 * field in the command. Nothing is required, so that what is missing is told in a sentence where
 * SciJava would only cancel.
 */
final class SettingItem<T> extends CommandModuleItem<T> {

  /** Limits beyond this are only the type's own. */
  private static final double LARGE = 1e15;

  /** SciJava asks a field for what is not said here. */
  private static final class Stand {
    @Parameter private Object in;
  }

  private final Setting<?> setting;
  private final Class<T> type;
  private final BooleanSupplier hasScreen;

  private SettingItem(
      final ModuleInfo info,
      final Setting<?> setting,
      final Class<T> type,
      final BooleanSupplier hasScreen) {
    super(info, field());
    this.setting = setting;
    this.type = type;
    this.hasScreen = hasScreen;
  }

  /**
   * @param hasScreen whether a person may have chosen a value; only then it is remembered
   */
  static SettingItem<?> of(
      final ModuleInfo info, final Setting<?> setting, final BooleanSupplier hasScreen) {
    return new SettingItem<>(info, setting, type(setting), hasScreen);
  }

  private static Field field() {
    try {
      return Stand.class.getDeclaredField("in");
    } catch (final NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Name of a setting's input. */
  static String name(final Setting<?> setting) {
    return setting.name().replace('-', '_');
  }

  /**
   * A path that has to be given gets a chooser. One that may be left out is a text, since an unset
   * file would not be recorded and the macro would then ask for it.
   */
  private static Class<?> type(final Setting<?> setting) {
    switch (setting.kind()) {
      case INTEGER:
        return Long.class;
      case REAL:
        return Double.class;
      case FLAG:
        return Boolean.class;
      default:
        return isPath(setting) && setting.isRequired() ? File.class : String.class;
    }
  }

  private static boolean isPath(final Setting<?> setting) {
    return style(setting.kind()) != null;
  }

  private static String style(final Kind kind) {
    switch (kind) {
      case FILE:
        return FileWidget.OPEN_STYLE;
      case SAVE:
        return FileWidget.SAVE_STYLE;
      case FOLDER:
        return FileWidget.DIRECTORY_STYLE;
      case FILE_OR_FOLDER:
      case FILES:
        return FileWidget.FILE_AND_DIRECTORY_STYLE;
      default:
        return null;
    }
  }

  Setting<?> setting() {
    return setting;
  }

  // -- ModuleItem methods --

  @Override
  public Class<T> getType() {
    return type;
  }

  @Override
  public Type getGenericType() {
    return type;
  }

  @Override
  public boolean isRequired() {
    return false;
  }

  /** Without a screen no earlier choice may change a result. */
  @Override
  public boolean isPersisted() {
    return !setting.isOfOneRun() && hasScreen.getAsBoolean();
  }

  @Override
  public String getWidgetStyle() {
    final String style = style(setting.kind());
    return style == null ? "" : style;
  }

  @Override
  public T getMinimumValue() {
    return limit(setting.least());
  }

  @Override
  public T getMaximumValue() {
    return limit(setting.most());
  }

  private T limit(final double value) {
    if (Math.abs(value) >= LARGE) return null;
    if (type == Long.class) return type.cast((long) value);
    return type == Double.class ? type.cast(value) : null;
  }

  @Override
  public T getDefaultValue() {
    if (type == File.class) return null;
    return type == String.class ? type.cast(text(setting)) : type.cast(setting.defaultValue());
  }

  private static <V> String text(final Setting<V> setting) {
    return setting.format(setting.defaultValue());
  }

  @Override
  public List<T> getChoices() {
    if (setting.kind() != Kind.CHOICE) return Collections.emptyList();
    @SuppressWarnings("unchecked") // choices are texts
    final List<T> choices = (List<T>) setting.choices();
    return choices;
  }

  @Override
  public String getLabel() {
    final String words = setting.name().replace('-', ' ');
    return Character.toUpperCase(words.charAt(0))
        + words.substring(1)
        + (setting.unit().isEmpty() || setting.unit().length() > 12
            ? ""
            : " [" + setting.unit() + "]");
  }

  /** What it is, what it takes with its unit, and an example. */
  @Override
  public String getDescription() {
    final String text = setting.description();
    final String example = setting.example();
    return text
        + " Give "
        + setting.range()
        + (example.isEmpty() || text.contains("Example:") ? "" : ", such as " + example)
        + (setting.isRequired() ? "; needed." : ".");
  }

  @Override
  public String getName() {
    return name(setting);
  }
}
