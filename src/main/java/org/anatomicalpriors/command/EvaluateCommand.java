package org.anatomicalpriors.command;

import ij.measure.ResultsTable;
import java.util.List;
import org.anatomicalpriors.job.JobResult;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
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
public final class EvaluateCommand extends JobCommand {

  @Parameter(type = ItemIO.OUTPUT)
  private ResultsTable table;

  public EvaluateCommand() {
    super("evaluate");
  }

  @Override
  protected void ended(final JobResult result, final List<ResultsTable> tables) {
    if (!tables.isEmpty()) table = tables.get(0);
  }
}
