package org.anatomicalpriors.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Finds out when results in general cannot be written. */
final class WriteFailures {

  /** So many in a row mean that none can. */
  private static final int MOST = 3;

  private final AtomicInteger inARow = new AtomicInteger();

  /** A result was written. */
  void none() {
    inARow.set(0);
  }

  /**
   * A result could not be written.
   *
   * @throws UncheckedIOException if that was one too many
   */
  void add(final Throwable failure) {
    if (inARow.incrementAndGet() == MOST)
      throw new UncheckedIOException(
          "Three results in a row could not be written, so the rest was left undone; the last: "
              + FailureSentence.of(failure),
          new IOException(failure));
  }
}
