package org.anatomicalpriors.command;

import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Plugin;

/** Shows what a prior has learned on label maps that it was not trained on. */
@Plugin(
    type = Command.class,
    headless = true,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "Segmentation"),
      @Menu(label = "Anatomical Priors"),
      @Menu(label = "Reconstruct Label Maps...", weight = 9)
    },
    description = "Shows what a prior has learned on label maps that it was not trained on.")
public final class ReconstructCommand extends TableCommand {

  public ReconstructCommand() {
    super("reconstruct");
  }
}
