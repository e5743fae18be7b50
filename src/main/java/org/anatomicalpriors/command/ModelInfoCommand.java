package org.anatomicalpriors.command;

import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Plugin;

/** Tells what a model file holds and how it was trained. */
@Plugin(
    type = Command.class,
    headless = true,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "Segmentation"),
      @Menu(label = "Anatomical Priors"),
      @Menu(label = "Model Info...", weight = 11)
    },
    description = "Tells what a model file holds and how it was trained.")
public final class ModelInfoCommand extends TextCommand {

  public ModelInfoCommand() {
    super("info");
  }
}
