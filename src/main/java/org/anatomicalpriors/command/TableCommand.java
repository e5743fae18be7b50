package org.anatomicalpriors.command;

import ij.measure.ResultsTable;
import org.anatomicalpriors.job.JobResult;
import org.scijava.ItemIO;
import org.scijava.plugin.Parameter;

/** A command whose job ends in a table, which is shown and put out. */
public abstract class TableCommand extends JobCommand {

  @Parameter(type = ItemIO.OUTPUT)
  private ResultsTable table;

  protected TableCommand(final String name) {
    super(name);
  }

  @Override
  final void ended(final JobResult result) {
    if (!result.tables().isEmpty()) table = Tables.of(result.tables().get(0), hasScreen());
  }
}
