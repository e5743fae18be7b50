package org.anatomicalpriors.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelTest {

  @ParameterizedTest
  @CsvSource({"0, 3", "1, 3", "100, 1", "100, 3", "2, 8"})
  void everyPieceIsDoneOnce(final int count, final int threads) {
    final AtomicIntegerArray done = new AtomicIntegerArray(count);
    Parallel.forEach(count, threads, Progress.NONE, done::incrementAndGet);
    for (int i = 0; i < count; i++) assertEquals(1, done.get(i), "piece " + i);
  }

  /** Whichever thread it fails on, what it threw arrives, and nothing runs on behind it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFailureWaitsForWhatIsUnderWay(final boolean onTheCallersThread) {
    final Thread caller = Thread.currentThread();
    final CyclicBarrier bothBegun = new CyclicBarrier(2);
    final CountDownLatch failing = new CountDownLatch(1);
    final AtomicBoolean otherEnded = new AtomicBoolean();
    final RuntimeException failure = new IllegalStateException("a piece");
    final RuntimeException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                Parallel.forEach(
                    2,
                    2,
                    Progress.NONE,
                    i -> {
                      try {
                        bothBegun.await();
                        if (Thread.currentThread() == caller == onTheCallersThread) {
                          failing.countDown();
                          throw failure;
                        }
                        failing.await();
                        Thread.sleep(100); // time for a return that does not wait
                        otherEnded.set(true);
                      } catch (final RuntimeException e) {
                        throw e;
                      } catch (final Exception e) {
                        throw new AssertionError(e);
                      }
                    }));
    assertSame(failure, thrown);
    assertTrue(otherEnded.get());
  }

  @Test
  void stopsOnRequest() {
    final AtomicInteger done = new AtomicInteger();
    final Progress progress =
        new Progress() {
          @Override
          public void update(
              final String stage, final long done, final long total, final String message) {}

          @Override
          public boolean isCancelled() {
            return done.get() >= 5;
          }
        };
    assertThrows(
        CancelledException.class,
        () -> Parallel.forEach(1000, 2, progress, i -> done.incrementAndGet()));
    assertTrue(done.get() < 10, done + " pieces");
  }
}
