package org.anatomicalpriors.command;

import java.awt.GraphicsEnvironment;

/**
 * Makes a failure of {@code --headless --run COMMAND} visible to the shell. SciJava logs what such
 * a command throws and then ends with exit code 0, so that a batch would take a failure for a
 * success.
 */
final class CommandLineExit {

  private static final String RUNNER = "org.scijava.startup.DefaultStartupService";
  private static final String METHOD = "executeOperations";
  private static final int FAILED = 1;

  private CommandLineExit() {}

  /** Ends the process if the command line alone is waiting for the command; else does nothing. */
  static void failed() {
    if (isWaiting()) System.exit(FAILED);
  }

  /** Whether there is no screen and the command line waits for what runs now. */
  static boolean isWaiting() {
    return GraphicsEnvironment.isHeadless() && isRunByCommandLine();
  }

  private static boolean isRunByCommandLine() {
    for (final StackTraceElement[] trace : Thread.getAllStackTraces().values())
      for (final StackTraceElement frame : trace)
        if (frame.getClassName().equals(RUNNER) && frame.getMethodName().equals(METHOD))
          return true;
    return false;
  }
}
