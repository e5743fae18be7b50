package org.anatomicalpriors.command;

import org.scijava.ui.UIService;
import org.scijava.ui.headlessUI.HeadlessUI;

/** SciJava's own for no screen, which says that it has one: it needs no other library. */
final class SeenUI extends HeadlessUI {

  /** Makes the commands of a context believe that a person sees what they show. */
  static void install(final Fiji fiji) {
    final UIService ui = fiji.context.service(UIService.class);
    ui.addUI("seen", new SeenUI());
    ui.setDefaultUI(ui.getUI("seen"));
  }

  @Override
  public boolean isVisible() {
    return true;
  }
}
