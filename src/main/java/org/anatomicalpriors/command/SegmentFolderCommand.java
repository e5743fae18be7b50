package org.anatomicalpriors.command;

import ij.measure.ResultsTable;
import java.util.List;
import org.anatomicalpriors.job.JobResult;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Segments all images of a folder. */
@Plugin(
    type = Command.class,
    headless = true,
    menu = {
      @Menu(label = "Plugins"),
      @Menu(label = "Segmentation"),
      @Menu(label = "Anatomical Priors"),
      @Menu(label = "Segment Folder...", weight = 4)
    },
    description = "Segments all images of a folder.")
public final class SegmentFolderCommand extends JobCommand {

  @Parameter(type = ItemIO.OUTPUT)
  private ResultsTable table;

  public SegmentFolderCommand() {
    super("segment");
  }

  @Override
  protected void ended(final JobResult result, final List<ResultsTable> tables) {
    if (!tables.isEmpty()) table = tables.get(0);
  }
}
