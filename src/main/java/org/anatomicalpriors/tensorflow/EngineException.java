package org.anatomicalpriors.tensorflow;

/** TensorFlow could not do what was asked. The message is a sentence for the user. */
public final class EngineException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public EngineException(final String message) {
    super(message);
  }

  public EngineException(final String message, final Throwable cause) {
    super(message, cause);
  }
}
