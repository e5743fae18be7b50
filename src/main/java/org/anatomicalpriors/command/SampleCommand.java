package org.anatomicalpriors.command;

import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Plugin;

/** Draws anatomies from a prior, or walks from one label map to another. */
@Plugin(
    type = Command.class,
    headless = true,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "Segmentation"),
      @Menu(label = "Anatomical Priors"),
      @Menu(label = "Draw Samples...", weight = 8)
    },
    description = "Draws anatomies from a prior, or walks from one label map to another.")
public final class SampleCommand extends JobCommand {

  public SampleCommand() {
    super("sample");
  }
}
