package org.anatomicalpriors;

/**
 * Input that cannot be used. The message is one sentence for the user: what was given, what is
 * needed and what to do. Faces (shell, Fiji) show it without a stack trace.
 */
public final class InvalidInputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public InvalidInputException(final String message) {
    super(message);
  }

  public InvalidInputException(final String message, final Throwable cause) {
    super(message, cause);
  }
}
