package org.anatomicalpriors.command;

import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Plugin;

/** Learns an anatomy from label maps alone. */
@Plugin(
    type = Command.class,
    headless = true,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "Segmentation"),
      @Menu(label = "Anatomical Priors"),
      @Menu(label = "Train Prior...", weight = 1)
    },
    description = "Learns an anatomy from label maps alone.")
public final class TrainPriorCommand extends TrainingCommand {

  public TrainPriorCommand() {
    super("train-prior");
  }
}
