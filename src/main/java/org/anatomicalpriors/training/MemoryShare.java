package org.anatomicalpriors.training;

/**
 * How much of Java's memory a training spends on data that it could as well read or make again. All
 * that goes beyond comes from the disk or is made anew, so that its memory does not grow with the
 * number of label maps or images; results are the same.
 */
final class MemoryShare {

  private static final int PARTS = 8;

  private MemoryShare() {}

  /** Bytes. */
  static long bytes() {
    return Runtime.getRuntime().maxMemory() / PARTS;
  }
}
