package org.anatomicalpriors.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.CancelledProgress;
import org.anatomicalpriors.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefetchTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void stepsComeInOrderWhateverTheThreads(final int threads) {
    try (Prefetch<Long> p =
        new Prefetch<>(
            step -> {
              if (step % 2 == 0) Thread.yield();
              return step * step;
            },
            5,
            40,
            threads)) {
      for (long step = 5; step < 40; step++) assertEquals(step * step, p.take(Progress.NONE));
    }
  }

  @Test
  void nothingIsPreparedBeyondTheEndOrFarAhead() {
    final AtomicLong last = new AtomicLong(-1);
    try (Prefetch<Long> p =
        new Prefetch<>(
            step -> {
              last.accumulateAndGet(step, Math::max);
              return step;
            },
            0,
            6,
            2)) {
      p.take(Progress.NONE);
      assertTrue(last.get() < 4, "prepared " + last);
      for (int i = 1; i < 6; i++) p.take(Progress.NONE);
      assertEquals(5, last.get());
    }
  }

  @Test
  void failuresReachWhoeverTakes() {
    final InvalidInputException failure = new InvalidInputException("no map");
    try (Prefetch<Long> p =
        new Prefetch<>(
            step -> {
              if (step == 1) throw failure;
              return step;
            },
            0,
            3,
            1)) {
      assertEquals(0, p.take(Progress.NONE));
      assertSame(failure, assertThrows(InvalidInputException.class, () -> p.take(Progress.NONE)));
    }
  }

  @Test
  void interruptionCancels() {
    try (Prefetch<Long> p =
        new Prefetch<>(
            step -> {
              try {
                Thread.sleep(60_000);
              } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return step;
            },
            0,
            3,
            1)) {
      Thread.currentThread().interrupt();
      assertThrows(CancelledException.class, () -> p.take(Progress.NONE));
      assertTrue(Thread.interrupted());
    }
    assertFalse(Thread.interrupted());
  }

  @Test
  void waitingCanBeCancelledAndTakenUpAgain() {
    final CountDownLatch prepared = new CountDownLatch(1);
    final Progress cancelled = new CancelledProgress();
    try (Prefetch<Long> p =
        new Prefetch<>(
            step -> {
              try {
                prepared.await();
              } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return step;
            },
            7,
            10,
            1)) {
      assertThrows(CancelledException.class, () -> p.take(cancelled));
      prepared.countDown();
      assertEquals(7, p.take(Progress.NONE));
    }
  }
}
