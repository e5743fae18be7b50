package org.anatomicalpriors.files;

import java.io.IOException;

/** A consumer that may fail with an input or output error. */
@FunctionalInterface
public interface IOConsumer<T> {

  void accept(T value) throws IOException;
}
