package org.anatomicalpriors.command;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.thread.ThreadService;

class CommandLineExitTest {

  /** Less than SciJava's own patience of five seconds. */
  private static final long PATIENCE_SECONDS = 4;

  /** As in {@code System.exit}, the thread that asks goes on only when all has ended. */
  @Test
  void theEndDoesNotWaitForWhoAskedForIt() throws Exception {
    final Context context = new Context(ThreadService.class);
    final ThreadService threads = context.service(ThreadService.class);
    final CountDownLatch letGo = new CountDownLatch(1);
    final CountDownLatch ended = new CountDownLatch(1);
    final AtomicBoolean interrupted = new AtomicBoolean();
    final Future<?> asking =
        threads.run(
            () -> {
              CommandLineExit.letGo(threads);
              interrupted.set(Thread.currentThread().isInterrupted());
              letGo.countDown();
              ended.await();
              return null;
            });
    try {
      assertTrue(letGo.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
      assertFalse(interrupted.get());
      assertTimeoutPreemptively(Duration.ofSeconds(PATIENCE_SECONDS), context::dispose);
      assertFalse(asking.isDone());
    } finally {
      ended.countDown();
    }
  }
}
