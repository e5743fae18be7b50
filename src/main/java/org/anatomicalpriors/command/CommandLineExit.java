package org.anatomicalpriors.command;

import java.awt.GraphicsEnvironment;
import org.scijava.Context;
import org.scijava.thread.ThreadService;

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
  static void failed(final Context context) {
    if (!isWaiting()) return;
    letGo(context.service(ThreadService.class));
    System.exit(FAILED);
  }

  /**
   * When a process ends, SciJava waits five seconds for its threads to end before. One of them, the
   * command's or script's, waits for this end itself and never does, so none is waited for.
   */
  static void letGo(final ThreadService threads) {
    Thread.currentThread().interrupt(); // ends the wait; a second time there is nothing to wait for
    threads.dispose();
    Thread.interrupted();
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
