package org.anatomicalpriors.batch;

/**
 * Lets images in as long as there is memory for them. One that needs more than there is for all is
 * let in when it is alone.
 */
final class MemoryGate {

  private final long capacity;
  private long used;

  /**
   * @param capacity bytes
   */
  MemoryGate(final long capacity) {
    this.capacity = capacity;
  }

  /** Waits until there is room for so many bytes. */
  synchronized void enter(final long bytes) throws InterruptedException {
    while (used > 0 && used + bytes > capacity) wait();
    used += bytes;
  }

  /** Gives back what {@link #enter} was given. */
  synchronized void leave(final long bytes) {
    used -= bytes;
    notifyAll();
  }
}
