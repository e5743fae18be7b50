package org.anatomicalpriors.isolation;

import org.scijava.Context;
import org.scijava.menu.MenuService;

/** Main class of a process that tells how long a Context and its menus took to start. */
final class StartClock {

  private StartClock() {}

  public static void main(final String[] arguments) {
    final long start = System.nanoTime();
    final Context context = new Context();
    context.service(MenuService.class).getMenu();
    System.out.println("milliseconds: " + (System.nanoTime() - start) / 1e6);
    System.exit(0);
  }
}
