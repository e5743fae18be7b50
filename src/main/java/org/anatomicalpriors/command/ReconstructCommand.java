package org.anatomicalpriors.command;

import ij.measure.ResultsTable;
import java.util.List;
import org.anatomicalpriors.job.JobResult;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
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
public final class ReconstructCommand extends JobCommand {

  @Parameter(type = ItemIO.OUTPUT)
  private ResultsTable table;

  public ReconstructCommand() {
    super("reconstruct");
  }

  @Override
  protected void ended(final JobResult result, final List<ResultsTable> tables) {
    if (!tables.isEmpty()) table = tables.get(0);
  }
}
