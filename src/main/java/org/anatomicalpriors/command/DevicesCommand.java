package org.anatomicalpriors.command;

import ij.measure.ResultsTable;
import java.util.List;
import org.anatomicalpriors.job.JobResult;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
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
public final class DevicesCommand extends JobCommand {

  @Parameter(type = ItemIO.OUTPUT)
  private String text;

  public DevicesCommand() {
    super("devices");
  }

  @Override
  protected void ended(final JobResult result, final List<ResultsTable> tables) {
    text = Tables.text(result);
  }
}
