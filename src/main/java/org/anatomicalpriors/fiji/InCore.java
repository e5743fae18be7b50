package org.anatomicalpriors.fiji;

import java.util.function.Supplier;
import org.anatomicalpriors.isolation.ContextClassLoader;

/** Calls from Fiji's threads, whose libraries look for their parts with the core's own loader. */
final class InCore {

  private InCore() {}

  static <T> T call(final Supplier<T> work) {
    try (ContextClassLoader c = ContextClassLoader.of(InCore.class.getClassLoader())) {
      return work.get();
    }
  }

  static void run(final Runnable work) {
    call(
        () -> {
          work.run();
          return null;
        });
  }
}
