package org.anatomicalpriors.command;

import org.anatomicalpriors.job.JobResult;
import org.scijava.ItemIO;
import org.scijava.plugin.Parameter;

/** A command whose job ends in something to read, which is put out as one text. */
public abstract class TextCommand extends JobCommand {

  @Parameter(type = ItemIO.OUTPUT)
  private String text;

  protected TextCommand(final String name) {
    super(name);
  }

  @Override
  final void ended(final JobResult result) {
    text = Tables.text(result);
  }
}
