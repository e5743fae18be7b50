package org.anatomicalpriors.command;

import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Setting.Kind;
import org.scijava.command.DynamicCommandInfo;
import org.scijava.module.DefaultMutableModuleItem;
import org.scijava.module.Module;
import org.scijava.module.MutableModuleItem;
import org.scijava.widget.FileWidget;

/** Settings as a command's inputs: {@code learning-rate} becomes {@code learning_rate}. */
final class SettingInputs {

  /** Limits beyond this are only the type's own. */
  private static final double LARGE = 1e15;

  private final List<Setting<?>> settings;

  SettingInputs(final List<Setting<?>> settings) {
    this.settings = settings;
  }

  /** Name of a setting's input. */
  static String name(final Setting<?> setting) {
    return setting.name().replace('-', '_');
  }

  /**
   * Adds an input for each setting that the command does not ask for in its own way.
   *
   * @param remember whether values are offered again next time; paths never are
   */
  void addTo(final DynamicCommandInfo info, final Module module, final boolean remember) {
    for (final Setting<?> s : settings)
      if (info.getInput(name(s)) == null) add(s, info, module, remember);
  }

  private static <T> void add(
      final Setting<T> s,
      final DynamicCommandInfo info,
      final Module module,
      final boolean remember) {
    switch (s.kind()) {
      case INTEGER:
        number(
            item(s, info, Long.class),
            (Long) s.defaultValue(),
            s.least() > -LARGE ? (Long) (long) s.least() : null,
            s.most() < LARGE ? (Long) (long) s.most() : null,
            module,
            remember);
        break;
      case REAL:
        number(
            item(s, info, Double.class),
            (Double) s.defaultValue(),
            s.least() > -LARGE ? (Double) s.least() : null,
            s.most() < LARGE ? (Double) s.most() : null,
            module,
            remember);
        break;
      case FLAG:
        finish(item(s, info, Boolean.class), (Boolean) s.defaultValue(), module, remember);
        break;
      case FILE:
      case FILES:
      case SAVE:
      case FOLDER:
        path(s, info, module);
        break;
      default:
        final MutableModuleItem<String> text = item(s, info, String.class);
        if (s.kind() == Kind.CHOICE) text.setChoices(s.choices());
        finish(text, s.format(s.defaultValue()), module, remember);
    }
  }

  private static <T> MutableModuleItem<T> item(
      final Setting<?> s, final DynamicCommandInfo info, final Class<T> type) {
    final MutableModuleItem<T> item = new DefaultMutableModuleItem<>(info, name(s), type);
    final String words = s.name().replace('-', ' ');
    item.setLabel(Character.toUpperCase(words.charAt(0)) + words.substring(1));
    item.setDescription(description(s));
    item.setRequired(false); // what is missing is said in a sentence, not by silence
    info.addInput(item);
    return item;
  }

  private static <T> String description(final Setting<T> s) {
    final String text = s.description();
    final String example = s.example();
    return text
        + " Give "
        + s.range()
        + (example.isEmpty() || text.contains("Example") ? "" : ", such as " + example)
        + (s.isRequired() ? "; needed." : ".");
  }

  private static <T extends Number> void number(
      final MutableModuleItem<T> item,
      final T value,
      final T least,
      final T most,
      final Module module,
      final boolean remember) {
    item.setMinimumValue(least);
    item.setMaximumValue(most);
    finish(item, value, module, remember);
  }

  private static <T> void finish(
      final MutableModuleItem<T> item, final T value, final Module module, final boolean remember) {
    item.setDefaultValue(value);
    item.setPersisted(remember);
    module.setInput(item.getName(), value);
  }

  /**
   * A path that has to be given gets a chooser. One that may be left out is a text, since an unset
   * file would not be recorded and the macro would then ask for it.
   */
  private static void path(final Setting<?> s, final DynamicCommandInfo info, final Module module) {
    final MutableModuleItem<?> item =
        s.isRequired() ? item(s, info, File.class) : item(s, info, String.class);
    item.setWidgetStyle(style(s.kind()));
    item.setPersisted(false);
    if (!s.isRequired()) module.setInput(item.getName(), "");
  }

  private static String style(final Kind kind) {
    switch (kind) {
      case SAVE:
        return FileWidget.SAVE_STYLE;
      case FOLDER:
        return FileWidget.DIRECTORY_STYLE;
      case FILES:
        return FileWidget.FILE_AND_DIRECTORY_STYLE;
      default:
        return FileWidget.OPEN_STYLE;
    }
  }

  /** The values that a command has been given, by the settings' names. */
  Map<String, Object> values(final Module module) {
    final Map<String, Object> values = new LinkedHashMap<>();
    for (final Setting<?> s : settings) {
      final Object value = module.getInput(name(s));
      if (value != null) values.put(s.name(), value);
    }
    return values;
  }

  /** The settings. */
  List<Setting<?>> settings() {
    return new ArrayList<>(settings);
  }
}
