package org.anatomicalpriors.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anatomicalpriors.Version;
import org.anatomicalpriors.job.Job;
import org.anatomicalpriors.workflow.Jobs;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The shell's entry point: {@code anatomical-priors <command>}. */
@Command(
    name = "anatomical-priors",
    mixinStandardHelpOptions = true,
    scope = CommandLine.ScopeType.INHERIT,
    versionProvider = Main.VersionText.class,
    description =
        "Learns an anatomy from label maps alone and segments images with it, without paired labels.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nArguments:%n",
    sortOptions = false,
    abbreviateSynopsis = true,
    requiredOptionMarker = '*',
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed, or some of several files failed",
      "2:the command line or an input cannot be used",
      "130:stopped by Ctrl-C"
    })
public final class Main implements Runnable {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private Main() {}

  public static void main(final String... args) {
    // Before any logger is made: DJL and TensorFlow stay silent unless asked to talk.
    final boolean verbose = Arrays.asList(args).contains("--verbose");
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", verbose ? "info" : "error");
    System.setProperty("java.awt.headless", "true");
    final Cancellation cancellation = new Cancellation();
    cancellation.install();
    final int code = run(commandLine(cancellation), verbose, args);
    cancellation.finish();
    System.exit(code);
  }

  private static int run(
      final CommandLine commandLine, final boolean verbose, final String... args) {
    try {
      return commandLine.execute(args);
    } catch (final OutOfMemoryError | LinkageError e) {
      return ErrorMessages.report(e, commandLine.getErr(), verbose);
    }
  }

  /** All commands, ready to execute. */
  static CommandLine commandLine(final Cancellation cancellation) {
    final CommandLine main = new CommandLine(new Main());
    for (final Job job : jobs())
      main.addSubcommand(job.name(), new JobCommand(job, cancellation).spec());
    main.getSubcommands().get(ParametersJob.NAME).getCommandSpec().usageMessage().hidden(true);
    final ErrorMessages messages = new ErrorMessages();
    return main.setExecutionExceptionHandler(messages).setParameterExceptionHandler(messages);
  }

  /** All that the shell does. */
  static List<Job> jobs() {
    final List<Job> jobs = new ArrayList<>(Jobs.all());
    jobs.addAll(List.of(new DemoJob(), new BenchmarkJob(), new ParametersJob()));
    return jobs;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** What {@code --version} prints. */
  static final class VersionText implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"anatomical-priors " + Version.current()};
    }
  }
}
