package org.anatomicalpriors.command;

import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Plugin;

/** Tells which TensorFlow is used and on what it can compute. */
@Plugin(
    type = Command.class,
    headless = true,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "Segmentation"),
      @Menu(label = "Anatomical Priors"),
      @Menu(label = "Engine and Devices...", weight = 12)
    },
    description = "Tells which TensorFlow is used and on what it can compute.")
public final class DevicesCommand extends TextCommand {

  public DevicesCommand() {
    super("devices");
  }
}
