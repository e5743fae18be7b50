package org.anatomicalpriors.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.tensorflow.EngineException;
import org.anatomicalpriors.tensorflow.OutOfMemory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Failures as one sentence and an exit code. */
final class ErrorMessages implements IExecutionExceptionHandler, IParameterExceptionHandler {

  static final int OK = 0;
  static final int FAILED = 1;
  static final int BAD_INPUT = 2;
  static final int CANCELLED = 130;

  /** Lets failures of a program end so. */
  static CommandLine install(final CommandLine program) {
    final ErrorMessages messages = new ErrorMessages();
    return program.setExecutionExceptionHandler(messages).setParameterExceptionHandler(messages);
  }

  @Override
  public int handleExecutionException(
      final Exception e, final CommandLine command, final ParseResult parsed) {
    final Object job = command.getCommand();
    return report(e, command.getErr(), job instanceof JobCommand && ((JobCommand) job).isVerbose());
  }

  @Override
  public int handleParseException(final ParameterException e, final String[] args) {
    final CommandLine command = e.getCommandLine();
    final PrintWriter err = command.getErr();
    err.println(e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println(
        "Try \""
            + command.getCommandSpec().qualifiedName()
            + " --help\" for the usage and examples.");
    return BAD_INPUT;
  }

  /** Prints the sentence (and with {@code verbose} the stack trace) and returns the exit code. */
  static int report(final Throwable e, final PrintWriter err, final boolean verbose) {
    err.println(sentence(e, verbose));
    if (verbose) {
      final StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace, true));
      err.print(trace);
    }
    err.flush();
    if (e instanceof CancelledException) return CANCELLED;
    return e instanceof InvalidInputException ? BAD_INPUT : FAILED;
  }

  /** What went wrong, in words. */
  static String sentence(final Throwable e, final boolean verbose) {
    if (e instanceof InvalidInputException
        || e instanceof EngineException
        || e instanceof CancelledException
        || e instanceof UncheckedIOException) return e.getMessage();
    if (e instanceof IOException)
      return "A file could not be read or written ("
          + e.getClass().getSimpleName()
          + ": "
          + e.getMessage()
          + "); check the path, its permissions and the space on the disk.";
    if (e instanceof OutOfMemoryError)
      return "The memory that Java may use ran out ("
          + e.getMessage()
          + "); give it more, for example with JAVA_OPTS=-Xmx8g, or use a coarser spacing or fewer channels.";
    if (OutOfMemory.is(e))
      return "TensorFlow's memory ran out; close other programs, give Java less memory, or use a coarser spacing or fewer channels.";
    return "Unexpected failure ("
        + e
        + ")"
        + (verbose ? "." : "; run again with --verbose for details and report them, please.");
  }
}
