package org.anatomicalpriors.command;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.thread.ThreadService;

class CommandLineExitTest {

  /** Less than SciJava's own patience of five seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  @Test
  void theEndDoesNotWaitForWhoAskedForIt() throws Exception {
    final Context context = new Context(ThreadService.class);
    final ThreadService threads = context.service(ThreadService.class);
    final CountDownLatch never = new CountDownLatch(1);
    final CountDownLatch begun = new CountDownLatch(1);
    final Future<?> asking =
        threads.run(
            () -> {
              begun.countDown();
              never.await();
              return null;
            });
    begun.await();
    CommandLineExit.letGo(threads);
    assertFalse(Thread.interrupted());
    assertTimeoutPreemptively(PATIENCE, context::dispose);
    assertFalse(asking.isDone());
    never.countDown();
  }
}
