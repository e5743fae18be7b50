package org.anatomicalpriors.command;

import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Plugin;

/** Makes label maps and images of synthetic anatomies, to try everything with. */
@Plugin(
    type = Command.class,
    headless = true,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "Segmentation"),
      @Menu(label = "Anatomical Priors"),
      @Menu(label = "Generate Synthetic Data...", weight = 10)
    },
    description = "Makes label maps and images of synthetic anatomies, to try everything with.")
public final class GenerateCommand extends JobCommand {

  public GenerateCommand() {
    super("generate");
  }
}
