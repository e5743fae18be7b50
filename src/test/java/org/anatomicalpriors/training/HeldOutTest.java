package org.anatomicalpriors.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.CancelledProgress;
import org.anatomicalpriors.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeldOutTest {

  private final AtomicLong made = new AtomicLong();

  private HeldOut<Long> squares(final int size, final long most, final Progress progress) {
    return new HeldOut<>(
        i -> {
          made.incrementAndGet();
          return i * i;
        },
        size,
        most,
        2,
        progress);
  }

  @ParameterizedTest
  @CsvSource({"7, 0, 14", "7, 3, 11", "7, 7, 7", "7, 1000000000000, 7", "0, 5, 0"})
  void allComeInOrderEachTimeAndFewAreMadeAnew(
      final int size, final long most, final long expected) {
    final HeldOut<Long> examples = squares(size, most, Progress.NONE);
    for (int time = 0; time < 2; time++) {
      final List<Long> seen = new ArrayList<>();
      examples.forEach(Progress.NONE, seen::add);
      assertEquals(size, seen.size());
      for (long i = 0; i < size; i++) assertEquals(i * i, seen.get((int) i));
    }
    assertEquals(expected, made.get());
  }

  @Test
  void stopsOnRequest() {
    final Progress stop = new CancelledProgress();
    assertThrows(CancelledException.class, () -> squares(9, 5, stop));
    final HeldOut<Long> examples = squares(9, 0, Progress.NONE);
    assertThrows(CancelledException.class, () -> examples.forEach(stop, e -> {}));
  }
}
