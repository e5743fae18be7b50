package org.anatomicalpriors.robustness;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What each segmentation gave the first time, when nothing else was going on: what it has to give
 * always.
 */
final class Alone {

  private final Workload work;
  private final Map<Integer, byte[]> results = new HashMap<>();
  private final Map<Integer, Long> nanoseconds = new HashMap<>();

  Alone(final Workload work) {
    this.work = work;
  }

  /**
   * Segments on this thread, and remembers what comes of it or compares it with what is remembered.
   *
   * @return what is wrong, or an empty text
   */
  String segment(final int number) throws IOException {
    final int n = number % work.count();
    final long start = System.nanoTime();
    final byte[] result = work.segment(n);
    nanoseconds.merge(n, System.nanoTime() - start, Math::min);
    results.putIfAbsent(n, result);
    return compare(n, result);
  }

  /** Makes sure that there is something to compare with. */
  void learn(final int number) throws IOException {
    if (!results.containsKey(number % work.count())) segment(number);
  }

  /** How long it takes at least. */
  long nanoseconds(final int number) {
    return nanoseconds.get(number % work.count());
  }

  /**
   * Compares with what is remembered.
   *
   * @return what is wrong, or an empty text
   */
  String compare(final int number, final byte[] result) {
    final byte[] expected = results.get(number % work.count());
    final int at = Arrays.mismatch(expected, result);
    return at < 0
        ? ""
        : String.format(
            "segmentation %d has other bytes from byte %d on (of %d; %d before)",
            number, at, result.length, expected.length);
  }
}
