package org.anatomicalpriors.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.anatomicalpriors.job.Job;
import org.anatomicalpriors.job.JobContext;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.job.ResultTable;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.EngineSettings;
import picocli.CommandLine.Model.CommandSpec;

/** A job as a command of the shell: options made from its settings, results as text. */
final class JobCommand implements Callable<Integer> {

  private final Job job;
  private final Cancellation cancellation;
  private final CommandSpec spec;

  /**
   * @param program as examples call it
   */
  JobCommand(final String program, final Job job, final Cancellation cancellation) {
    this.job = job;
    this.cancellation = cancellation;
    spec = CommandSpec.wrapWithoutInspection(this).name(job.name());
    spec.usageMessage()
        .description(SettingOptions.escaped(job.description()))
        .footer(ExampleText.of(program, job.examples()));
    SettingOptions.add(spec, job.files(), job.argument());
    if (!job.settings().isEmpty()) SettingOptions.add(spec, "Settings", job.settings());
    SettingOptions.add(spec, "Machine", job.machine());
  }

  CommandSpec spec() {
    return spec;
  }

  boolean isVerbose() {
    return SettingOptions.read(spec, List.of(EngineSettings.VERBOSE)).get(EngineSettings.VERBOSE);
  }

  @Override
  public Integer call() throws IOException {
    final PrintWriter out = spec.commandLine().getOut(), err = spec.commandLine().getErr();
    final Settings values = SettingOptions.read(spec, job.parameters()).complete();
    final JobResult result;
    try (ShellProgress progress = ShellProgress.on(err, cancellation)) {
      result = job.run(values, JobContext.of(progress));
    }
    print(result, out);
    if (result.failures().isEmpty()) return ErrorMessages.OK;
    err.println(result.failures().size() + " failed:");
    result.failures().forEach(sentence -> err.println("  " + sentence));
    err.flush();
    return ErrorMessages.FAILED;
  }

  private static void print(final JobResult result, final PrintWriter out) {
    boolean first = true;
    for (final String message : result.messages()) {
      if (!first) out.println();
      first = false;
      message.lines().forEach(out::println);
    }
    for (final ResultTable table : result.tables()) {
      if (!first) out.println();
      first = false;
      new TextTable(table).print(out);
    }
    out.flush();
  }
}
