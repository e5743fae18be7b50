package org.anatomicalpriors.cli;

import java.util.Arrays;
import java.util.function.Function;
import org.anatomicalpriors.job.Job;
import picocli.CommandLine;

/** A command line as a process: quiet loggers, Ctrl-C that stops cleanly, exit codes. */
public final class Program {

  private Program() {}

  /**
   * Runs one job as a program of its own, then ends the process.
   *
   * @param name of the program, as people call it
   */
  public static void run(final String name, final Job job, final String... args) {
    run(cancellation -> Main.commandLine(name, job, cancellation), args);
  }

  static void run(final Function<Cancellation, CommandLine> program, final String... args) {
    // Before any logger is made: DJL and TensorFlow stay silent unless asked to talk.
    final boolean verbose = Arrays.asList(args).contains("--verbose");
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", verbose ? "info" : "error");
    System.setProperty("java.awt.headless", "true");
    // Before picocli is loaded: it would start Groovy, which is on the class path, for half a
    // second.
    System.setProperty("picocli.disable.closures", "true");
    final Cancellation cancellation = new Cancellation();
    cancellation.install();
    final int code = execute(program.apply(cancellation), verbose, args);
    cancellation.finish();
    System.exit(code);
  }

  private static int execute(
      final CommandLine commandLine, final boolean verbose, final String... args) {
    try {
      return commandLine.execute(args);
    } catch (final OutOfMemoryError | LinkageError e) {
      return ErrorMessages.report(e, commandLine.getErr(), verbose);
    }
  }
}
