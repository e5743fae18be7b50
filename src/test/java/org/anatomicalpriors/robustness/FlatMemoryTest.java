package org.anatomicalpriors.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** What grows is seen, and what has grown before is not held against it. */
class FlatMemoryTest {

  private static final Held ALLOWED = new Held(2, 16, 4, 2);

  private static List<String> complaints(final IntFunction<Held> held) {
    final FlatMemory memory = new FlatMemory(ALLOWED);
    for (int i = 1; i <= 10; i++) memory.add(50 * i, held.apply(i));
    return memory.complaints();
  }

  @Test
  void aStartThatSettlesIsFlat() {
    assertEquals(
        List.of(),
        complaints(i -> new Held(10 + Math.min(i, 5), 100 * Math.min(i, 5), 5 + i / 5, 7)));
  }

  @Test
  void everyGrowthIsToldWithItsFigures() {
    assertEquals(
        List.of("heap in use (MB) grew by 2.50 over the second half, and 2.00 are allowed"),
        complaints(i -> new Held(0.5 * i, 0, 0, 0)));
    final List<String> all = complaints(i -> new Held(i, 4 * i, i, i));
    assertEquals(4, all.size());
    assertTrue(all.get(1).startsWith("resident memory (MB) grew by 20.00"), all.get(1));
    assertTrue(all.get(2).startsWith("threads grew by 5.00"), all.get(2));
    assertTrue(all.get(3).startsWith("open files grew by 5.00"), all.get(3));
  }

  @Test
  void whatShrinksIsFlat() {
    assertEquals(List.of(), complaints(i -> new Held(100 - i, 1000 - 50 * i, 20 - i, 30 - i)));
  }
}
