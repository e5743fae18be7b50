package org.anatomicalpriors.command;

import org.scijava.Context;
import org.scijava.ui.UIService;
import org.scijava.ui.headless.HeadlessUI;

/** SciJava's own for no screen, which says that it has one: it needs no other library. */
final class Seen extends HeadlessUI {

  private Seen() {}

  /** Lets a context's commands find a screen. */
  static void install(final Context context) {
    final UIService ui = context.service(UIService.class);
    ui.addUI("seen", new Seen());
    ui.setDefaultUI(ui.getUI("seen"));
  }

  @Override
  public boolean isVisible() {
    return true;
  }
}
