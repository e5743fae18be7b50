package org.anatomicalpriors.command;

import org.anatomicalpriors.InvalidInputException;

/** What ended a command, as a sentence for people. */
final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private Failure(final String sentence, final Throwable cause) {
    super(sentence, cause);
  }

  static Failure of(final Throwable e) {
    if (e instanceof InvalidInputException && e.getMessage() != null)
      return new Failure(e.getMessage(), e);
    if (e instanceof OutOfMemoryError)
      return new Failure(
          "Java's memory ran out ("
              + e.getMessage()
              + "); close other images, or give it more under Edit > Options > Memory & Threads and restart Fiji.",
          e);
    final String what =
        e.getMessage() == null ? e.getClass().getSimpleName() : firstLine(e.getMessage());
    // The core's own exceptions are sentences already.
    return new Failure(
        what.endsWith(".")
            ? what
            : "An unforeseen failure ended the command ("
                + e.getClass().getSimpleName()
                + ": "
                + what
                + "); please report it with the log.",
        e);
  }

  private static String firstLine(final String text) {
    return text.split("\\R", 2)[0];
  }
}
