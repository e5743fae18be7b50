package org.anatomicalpriors.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AheadTest {

  private final CountDownLatch gate = new CountDownLatch(1);

  private Thread whenOpened() throws InterruptedException {
    gate.await();
    return Thread.currentThread();
  }

  @Test
  void isMadeOnAThreadOfItsOwnIfBegun() {
    final Ahead<Thread> ahead = new Ahead<>("some", this::whenOpened).begin();
    gate.countDown();
    assertEquals("anatomical-priors some", ahead.get().getName());
    assertSame(ahead.get(), ahead.end().orElseThrow());
  }

  @Test
  void isMadeHereOtherwise() {
    gate.countDown();
    final Ahead<Thread> ahead = new Ahead<>("some", this::whenOpened);
    assertSame(Thread.currentThread(), ahead.get());
    assertSame(Thread.currentThread(), ahead.begin().get());
  }

  @Test
  void isMadeOnce() {
    final AtomicInteger made = new AtomicInteger();
    final Ahead<Integer> ahead = new Ahead<>("some", made::incrementAndGet);
    IntStream.range(0, 8)
        .parallel()
        .forEach(i -> assertEquals(1, i % 2 == 0 ? ahead.get() : ahead.begin().get()));
    assertEquals(1, made.get());
  }

  private static Ahead<Object> failing(final Exception why) {
    return new Ahead<>(
        "some",
        () -> {
          throw why;
        });
  }

  @Test
  void tellsEveryoneWhatWentWrong() {
    final IllegalArgumentException why = new IllegalArgumentException();
    final Ahead<Object> ahead = failing(why).begin();
    for (int i = 0; i < 2; i++)
      assertSame(why, assertThrows(IllegalArgumentException.class, ahead::get));
    assertEquals(Optional.empty(), ahead.end());
    final Ahead<Object> checked = failing(new IOException("gone"));
    assertEquals(
        "gone", assertThrows(IllegalStateException.class, checked::get).getCause().getMessage());
    final StackOverflowError error = new StackOverflowError();
    final Ahead<Object> fatal =
        new Ahead<>(
            "some",
            () -> {
              throw error;
            });
    assertSame(error, assertThrows(StackOverflowError.class, fatal::get));
  }

  @Test
  void whoWaitsCanBeInterrupted() {
    final Ahead<Thread> ahead = new Ahead<>("some", this::whenOpened).begin();
    Thread.currentThread().interrupt();
    assertThrows(CancelledException.class, ahead::get);
    assertTrue(Thread.interrupted());
    gate.countDown();
    assertNotSame(Thread.currentThread(), ahead.get());
  }

  @Test
  void theEndWaitsEvenIfInterrupted() {
    final Ahead<Thread> ahead = new Ahead<>("some", this::whenOpened).begin();
    new Ahead<>(
            "opener",
            () -> {
              Thread.sleep(50);
              gate.countDown();
              return null;
            })
        .begin();
    Thread.currentThread().interrupt();
    assertTrue(ahead.end().isPresent());
    assertTrue(Thread.interrupted());
  }

  @Test
  void whatWasNotBegunIsNotMadeAfterTheEnd() {
    final AtomicInteger made = new AtomicInteger();
    final Ahead<Integer> ahead = new Ahead<>("some", made::incrementAndGet);
    assertFalse(ahead.end().isPresent());
    assertThrows(CancellationException.class, ahead.begin()::get);
    assertEquals(0, made.get(), "nothing is made after the end");
  }
}
