package org.anatomicalpriors.robustness;

import java.io.File;
import java.lang.management.ManagementFactory;
import org.anatomicalpriors.tensorflow.Engine;

/** What this process holds, after a garbage collection. */
final class Held {

  private static final double MEGA = 1e6;

  /** Threads that were told to end have ended by then. */
  private static final int SETTLE_MS = 200;

  final double heap;
  final double resident;
  final int threads;
  final int files;

  /**
   * @param heap in use, in MB
   * @param resident main memory of the process, in MB; 0 if unknown
   * @param threads of the process, the engine's included where that can be seen
   * @param files that are open; 0 if unknown
   */
  Held(final double heap, final double resident, final int threads, final int files) {
    this.heap = heap;
    this.resident = resident;
    this.threads = threads;
    this.files = files;
  }

  static Held now() throws InterruptedException {
    System.gc(); // clears what only waits for a collection, natives held by such included
    Thread.sleep(SETTLE_MS);
    System.gc();
    final Runtime java = Runtime.getRuntime();
    final String[] all = new File("/proc/self/task").list();
    final String[] open = new File("/proc/self/fd").list();
    return new Held(
        (java.totalMemory() - java.freeMemory()) / MEGA,
        Engine.residentBytes() / MEGA,
        all != null ? all.length : ManagementFactory.getThreadMXBean().getThreadCount(),
        open != null ? open.length : 0);
  }
}
