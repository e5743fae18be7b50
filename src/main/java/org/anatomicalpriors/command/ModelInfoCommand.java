package org.anatomicalpriors.command;

import ij.measure.ResultsTable;
import java.util.List;
import org.anatomicalpriors.job.JobResult;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Tells what a model file holds and how it was trained. */
@Plugin(
    type = Command.class,
    headless = true,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "Segmentation"),
      @Menu(label = "Anatomical Priors"),
      @Menu(label = "Model Info...", weight = 11)
    },
    description = "Tells what a model file holds and how it was trained.")
public final class ModelInfoCommand extends JobCommand {

  @Parameter(type = ItemIO.OUTPUT)
  private String text;

  public ModelInfoCommand() {
    super("info");
  }

  @Override
  protected void ended(final JobResult result, final List<ResultsTable> tables) {
    text = Tables.text(result);
  }
}
