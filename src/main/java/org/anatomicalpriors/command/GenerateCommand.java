package org.anatomicalpriors.command;

import ij.measure.ResultsTable;
import java.util.List;
import org.anatomicalpriors.job.JobResult;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
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

  @Parameter(type = ItemIO.OUTPUT)
  private ResultsTable table;

  public GenerateCommand() {
    super("generate");
  }

  @Override
  protected void ended(final JobResult result, final List<ResultsTable> tables) {
    if (!tables.isEmpty()) table = tables.get(0);
  }
}
