package org.anatomicalpriors.isolation;

import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.menu.MenuService;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;

/** Main class of a process that starts as Fiji does: all services, all commands, the menus. */
final class FijiStart {

  private FijiStart() {}

  public static void main(final String[] arguments) throws Exception {
    try (Context context = new Context()) {
      System.out.println("menus: " + context.service(MenuService.class).getMenu().size());
      System.out.println("commands: " + context.service(CommandService.class).getCommands().size());
      for (final PluginInfo<?> plugin : context.service(PluginService.class).getPlugins())
        if (plugin.getClassName().startsWith("org.anatomicalpriors."))
          System.out.println("ours: " + plugin.loadClass().getName());
    }
    System.exit(0);
  }
}
