package org.anatomicalpriors.command;

import org.scijava.Context;
import org.scijava.SciJava;
import org.scijava.menu.MenuService;

/** Runs what the command line says as {@code fiji --headless --run SCRIPT PARAMETERS} does. */
public final class ScriptMain {

  private ScriptMain() {}

  public static void main(final String... args) {
    final Context context = ScriptLanguages.context();
    context.service(MenuService.class).getMenu();
    new SciJava(context).launch(args);
    context.dispose();
    System.exit(0);
  }
}
