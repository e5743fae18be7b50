package org.anatomicalpriors.command;

import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Plugin;

/** Compares label maps with references: Dice, surface distances, volumes. */
@Plugin(
    type = Command.class,
    headless = true,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "Segmentation"),
      @Menu(label = "Anatomical Priors"),
      @Menu(label = "Evaluate Segmentation...", weight = 7)
    },
    description = "Compares label maps with references: Dice, surface distances, volumes.")
public final class EvaluateCommand extends TableCommand {

  public EvaluateCommand() {
    super("evaluate");
  }
}
