package org.anatomicalpriors.cli;

import java.util.ArrayList;
import java.util.List;
import org.anatomicalpriors.Version;
import org.anatomicalpriors.job.Job;
import org.anatomicalpriors.workflow.Jobs;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;

/** The shell's entry point: {@code anatomical-priors <command>}. */
@Command(
    name = Main.NAME,
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

  static final String NAME = "anatomical-priors";

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private Main() {}

  public static void main(final String... args) {
    Program.run(Main::commandLine, args);
  }

  /** All commands, ready to execute. */
  static CommandLine commandLine(final Cancellation cancellation) {
    final CommandLine main = new CommandLine(new Main());
    for (final Job job : jobs())
      main.addSubcommand(job.name(), new JobCommand(NAME, job, cancellation).spec());
    main.getSubcommands().get(ParametersJob.NAME).getCommandSpec().usageMessage().hidden(true);
    return ErrorMessages.install(main);
  }

  /** One job as a program of its own, ready to execute. */
  static CommandLine commandLine(
      final String program, final Job job, final Cancellation cancellation) {
    final CommandSpec command = new JobCommand(program, job, cancellation).spec().name(program);
    // Help, version and exit codes as all commands have them.
    command.addMixin("all", CommandSpec.forAnnotatedObject(new Main()));
    return ErrorMessages.install(new CommandLine(command));
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
      return new String[] {NAME + " " + Version.current()};
    }
  }
}
