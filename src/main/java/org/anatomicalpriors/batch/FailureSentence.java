package org.anatomicalpriors.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.tensorflow.EngineException;
import org.anatomicalpriors.tensorflow.OutOfMemory;

/** Why an image could not be segmented, in words. */
public final class FailureSentence {

  private FailureSentence() {}

  public static String of(final Throwable failure) {
    if (failure instanceof InvalidInputException
        || failure instanceof EngineException
        || failure instanceof UncheckedIOException) return failure.getMessage();
    if (OutOfMemory.is(failure))
      return "There was not enough memory for this image, even alone; give Java more, for example with -Xmx8g, or ask for fewer outputs.";
    if (failure instanceof IOException)
      return "A file could not be read or written ("
          + failure
          + "); check the path, its permissions and the space on the disk.";
    return "Unexpected failure (" + failure + "); report it, please.";
  }
}
