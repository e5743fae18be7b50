package org.anatomicalpriors.command;

import java.util.ArrayList;
import java.util.List;
import org.scijava.command.Command;
import org.scijava.command.CommandService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;
import org.scijava.service.AbstractService;
import org.scijava.service.SciJavaService;
import org.scijava.service.Service;

/** Replaces what SciJava found out about our commands by {@link SettingCommandInfo}. */
@Plugin(type = Service.class)
public final class SettingCommands extends AbstractService implements SciJavaService {

  private static final String OURS = SettingCommands.class.getPackage().getName() + ".";

  @Parameter private PluginService pluginService;

  @Parameter(label = "has to know the commands before they are replaced")
  private CommandService commandService;

  @Override
  public void initialize() {
    final List<PluginInfo<?>> plain = new ArrayList<>();
    final List<PluginInfo<?>> ours = new ArrayList<>();
    for (final PluginInfo<Command> info : pluginService.getPluginsOfType(Command.class))
      if (info.getClassName().startsWith(OURS)) {
        plain.add(info);
        ours.add(new SettingCommandInfo(info, getContext()));
      }
    pluginService.removePlugins(plain);
    pluginService.addPlugins(ours);
  }
}
