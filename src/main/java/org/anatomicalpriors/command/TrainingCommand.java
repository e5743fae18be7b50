package org.anatomicalpriors.command;

import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.JobResult;

/** A command that trains, with a window to watch where there is a screen. */
public abstract class TrainingCommand extends JobCommand {

  protected TrainingCommand(final String name) {
    super(name);
  }

  @Override
  final JobResult execute(final JobContext context) {
    return hasScreen() ? backend().runInWindow(job(), values(), context) : super.execute(context);
  }
}
