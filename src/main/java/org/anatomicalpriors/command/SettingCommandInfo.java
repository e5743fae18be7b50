package org.anatomicalpriors.command;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.service.AnatomicalPriorService;
import org.anatomicalpriors.settings.Setting;
import org.scijava.Context;
import org.scijava.InstantiableException;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModuleItem;
import org.scijava.log.LogService;
import org.scijava.module.Module;
import org.scijava.module.ModuleException;
import org.scijava.module.ModuleItem;
import org.scijava.plugin.PluginInfo;
import org.scijava.ui.UIService;

/**
 * What SciJava knows of one of our commands: beside the fields that are its parameters, an input
 * for each of its settings. Nothing of the core is loaded before somebody asks for the inputs.
 *
 * <p>SciJava's own commands with inputs made at run time are modules themselves, for which {@code
 * CommandService.run} returns no future and {@code --headless --run} does not wait.
 */
final class SettingCommandInfo extends CommandInfo {

  private final Context context;
  private Map<String, SettingItem<?>> items;

  SettingCommandInfo(final PluginInfo<Command> plain, final Context context) {
    super(plain);
    this.context = context;
  }

  /** The inputs made from settings, by name; none as long as the core cannot be loaded. */
  synchronized Map<String, SettingItem<?>> items() {
    if (items == null)
      try {
        items = makeItems();
      } catch (final InvalidInputException | IllegalStateException e) {
        // Told again when the command runs, where a person hears it.
        context.service(LogService.class).debug(e);
        return Collections.emptyMap();
      }
    return items;
  }

  private Map<String, SettingItem<?>> makeItems() {
    final Map<String, SettingItem<?>> made = new LinkedHashMap<>();
    final CoreCommand command = instantiate();
    for (final Setting<?> s :
        command.settings(context.service(AnatomicalPriorService.class).backend()))
      if (super.getInput(SettingItem.name(s)) == null)
        made.put(SettingItem.name(s), SettingItem.of(this, s, this::hasScreen));
    return made;
  }

  private CoreCommand instantiate() {
    try {
      return (CoreCommand) createInstance();
    } catch (final InstantiableException e) {
      throw new IllegalStateException(getClassName(), e);
    }
  }

  private boolean hasScreen() {
    final UIService ui = context.getService(UIService.class);
    return ui != null && !ui.isHeadless() && ui.isVisible();
  }

  // -- ModuleInfo methods --

  @Override
  public CommandModuleItem<?> getInput(final String name) {
    final CommandModuleItem<?> field = super.getInput(name);
    return field == null ? items().get(name) : field;
  }

  @Override
  public Iterable<ModuleItem<?>> inputs() {
    final List<ModuleItem<?>> all = new ArrayList<>();
    super.inputs().forEach(all::add);
    all.addAll(items().values());
    return Collections.unmodifiableList(all);
  }

  @Override
  public Module createModule() throws ModuleException {
    return new SettingModule(this, instantiate());
  }

  @Override
  public Module createModule(final Command command) {
    return new SettingModule(this, (CoreCommand) command);
  }
}
