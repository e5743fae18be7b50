package org.anatomicalpriors.fuzzing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How much memory work takes, whether or not it gives it back. */
public final class Memory {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Memory() {}

  /** Bytes that work takes on this thread, however it ends; what it throws is kept to itself. */
  public static long taken(final Runnable work) {
    final long before = now();
    try {
      work.run();
    } catch (final RuntimeException e) {
      return now() - before;
    }
    return now() - before;
  }

  /** Bytes that this thread has taken so far. */
  static long now() {
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
