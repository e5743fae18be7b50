package org.anatomicalpriors.progress;

/** Thrown by long work when the user asked it to stop. */
public final class CancelledException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CancelledException() {
    super("Stopped on request.");
  }

  public CancelledException(final String message) {
    super(message);
  }
}
