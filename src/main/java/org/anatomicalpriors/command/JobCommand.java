package org.anatomicalpriors.command;

import java.util.List;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.job.Job;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.service.Backend;
import org.anatomicalpriors.settings.Setting;

/** A command that runs one of the shell's jobs on files. */
public abstract class JobCommand extends CoreCommand {

  /** Failures that a message names. */
  private static final int TOLD = 5;

  private final String name;

  protected JobCommand(final String name) {
    this.name = name;
  }

  @Override
  protected final List<Setting<?>> settings(final Backend backend) {
    for (final Job job : backend.jobs()) if (job.name().equals(name)) return job.parameters();
    throw new InvalidInputException(
        "This version has no job \"" + name + "\"; update the plugin as a whole.");
  }

  @Override
  protected final void work(final Progress progress) {
    final JobContext context = JobContext.of(progress);
    final JobResult result = execute(context);
    for (final String message : result.messages()) log().info(message);
    ended(result);
    if (!result.failures().isEmpty()) throw new InvalidInputException(sentence(result.failures()));
  }

  /** The first few; the log has all. */
  private String sentence(final List<String> failures) {
    final int told = Math.min(TOLD, failures.size());
    failures.subList(told, failures.size()).forEach(log()::error);
    return String.join(" ", failures.subList(0, told))
        + (told < failures.size()
            ? " And " + (failures.size() - told) + " more, which the log names."
            : "");
  }

  /** Runs the job. */
  JobResult execute(final JobContext context) {
    return backend().run(name, values(), context);
  }

  /** The job's name. */
  final String job() {
    return name;
  }

  /** Called with what came out, before it is said what failed. */
  void ended(final JobResult result) {}
}
