package org.anatomicalpriors.training;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.anatomicalpriors.progress.Progress;

/**
 * The examples of a validation, the same ones each time: the first ones are kept in memory, up to a
 * limit, and all others are made anew, ahead of their use, on other threads.
 */
final class HeldOut<T> {

  private final LongFunction<T> make;
  private final int size;
  private final int threads;
  private final List<T> kept = new ArrayList<>();

  /**
   * @param make makes an example by its number, always the same
   * @param size number of examples
   * @param most how many to keep
   */
  HeldOut(
      final LongFunction<T> make,
      final int size,
      final long most,
      final int threads,
      final Progress progress) {
    this.make = make;
    this.size = size;
    this.threads = threads;
    final int first = (int) Math.min(size, most);
    if (first > 0) examples(0, first, progress, kept::add);
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /**
   * Gives all examples in their order.
   *
   * @throws org.anatomicalpriors.progress.CancelledException if stopped on request
   */
  void forEach(final Progress progress, final Consumer<T> use) {
    for (final T example : kept) {
      progress.checkCancelled();
      use.accept(example);
    }
    if (kept.size() < size) examples(kept.size(), size, progress, use);
  }

  private void examples(
      final int start, final int end, final Progress progress, final Consumer<T> use) {
    try (Prefetch<T> prefetch = new Prefetch<>(make, start, end, threads)) {
      for (int i = start; i < end; i++) {
        progress.checkCancelled();
        use.accept(prefetch.take(progress));
      }
    }
  }
}
