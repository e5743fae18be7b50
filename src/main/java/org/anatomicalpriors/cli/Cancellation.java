package org.anatomicalpriors.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C end the work instead of the process: the virtual machine's shutdown waits until the
 * work has noticed the request and has saved its state.
 */
final class Cancellation {

  /** Longest wait for the work to stop; one training step takes far less. */
  private static final long PATIENCE_SECONDS = 120;

  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean requested;

  /** Makes the end of the process wait for the work. */
  void install() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
  }

  boolean isRequested() {
    return requested;
  }

  /** Asks the work to stop. */
  void request() {
    requested = true;
  }

  /** Tells that there is no work to wait for any more. */
  void finish() {
    finished.countDown();
  }

  private void stop() {
    request();
    try {
      finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
