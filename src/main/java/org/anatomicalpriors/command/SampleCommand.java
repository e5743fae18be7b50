package org.anatomicalpriors.command;

import ij.measure.ResultsTable;
import java.util.List;
import org.anatomicalpriors.job.JobResult;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
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

  @Parameter(type = ItemIO.OUTPUT)
  private ResultsTable table;

  public SampleCommand() {
    super("sample");
  }

  @Override
  protected void ended(final JobResult result, final List<ResultsTable> tables) {
    if (!tables.isEmpty()) table = tables.get(0);
  }
}
