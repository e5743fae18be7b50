package org.anatomicalpriors.scripts;

import ij.ImagePlus;
import org.scijava.Context;
import org.scijava.SciJava;
import org.scijava.menu.MenuService;
import org.scijava.plugin.PluginIndex;
import org.scijava.plugin.PluginInfo;
import org.scijava.script.AdaptedScriptLanguage;
import org.scijava.script.ScriptLanguage;
import org.scijava.script.ScriptService;
import org.scijava.service.Service;

/**
 * Main class of a process that runs a script as {@code fiji --headless --run SCRIPT PARAMETERS}
 * does, with Fiji's script languages.
 */
public final class ScriptMain {

  private ScriptMain() {}

  /** What Fiji's own adapter is, which is not on Maven Central. */
  public static final class Jython extends AdaptedScriptLanguage {
    public Jython() {
      super("jython");
    }
  }

  /** As {@link Jython}. */
  public static final class Groovy extends AdaptedScriptLanguage {
    public Groovy() {
      super("groovy");
    }
  }

  public static void main(final String... args) {
    final PluginIndex index = new PluginIndex();
    index.discover();
    index.add(new PluginInfo<>(Jython.class, ScriptLanguage.class));
    index.add(new PluginInfo<>(Groovy.class, ScriptLanguage.class));
    final Context context = new Context(Context.serviceClassList(Service.class), index);
    context.service(ScriptService.class).addAlias(ImagePlus.class); // as Fiji's legacy layer does
    context.service(MenuService.class).getMenu();
    new SciJava(context).launch(args);
    context.dispose();
    System.exit(0);
  }
}
