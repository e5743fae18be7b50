package org.anatomicalpriors.command;

import ij.measure.ResultsTable;
import org.scijava.command.CommandModule;
import org.scijava.module.ModuleItem;

/** One run of a command, which keeps the values of inputs that have no field. */
final class SettingModule extends CommandModule {

  private final SettingCommandInfo info;
  private final CoreCommand command;

  SettingModule(final SettingCommandInfo info, final CoreCommand command) {
    super(info, command);
    this.info = info;
    this.command = command;
    info.items().values().forEach(item -> setInput(item.getName(), item.getDefaultValue()));
  }

  @Override
  public Object getInput(final String name) {
    final SettingItem<?> item = info.items().get(name);
    return item == null ? super.getInput(name) : command.given(item.setting());
  }

  @Override
  public void setInput(final String name, final Object value) {
    final SettingItem<?> item = info.items().get(name);
    if (item != null) command.give(item.setting(), value);
    else if (info.getInput(name) != null) super.setInput(name, value);
    else if (!name.startsWith(".")) command.giveUnknown(name); // a dot marks SciJava's own
  }

  @Override
  public void run() {
    super.run();
    // The command shows its tables itself, SciJava has nothing for them.
    for (final ModuleItem<?> output : info.outputs())
      if (ResultsTable.class.isAssignableFrom(output.getType())) resolveOutput(output.getName());
  }
}
