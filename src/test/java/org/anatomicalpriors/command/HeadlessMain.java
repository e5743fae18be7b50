package org.anatomicalpriors.command;

import java.util.Arrays;
import org.scijava.SciJava;
import org.scijava.menu.MenuService;

/** Starts, runs what the command line says and ends, as ImageJ2's main class does headless. */
public final class HeadlessMain {

  private HeadlessMain() {}

  public static void main(final String... args) {
    final SciJava scijava = new SciJava();
    scijava.context().service(MenuService.class).getMenu();
    if (Arrays.asList(args).contains("--run")) scijava.launch(args);
    scijava.context().dispose();
    System.exit(0);
  }
}
