package org.anatomicalpriors.training;

import java.util.Locale;
import org.anatomicalpriors.tensorflow.Engine;

/** Memory that this process holds. Immutable. */
public final class Memory {

  private static final double GIGA = 1e9;

  private final long heap;
  private final long resident;

  private Memory(final long heap, final long resident) {
    this.heap = heap;
    this.resident = resident;
  }

  static Memory now() {
    final Runtime java = Runtime.getRuntime();
    return new Memory(java.totalMemory() - java.freeMemory(), Engine.residentBytes());
  }

  /** Bytes in use on the Java heap. */
  public long heap() {
    return heap;
  }

  /** Bytes of main memory that the whole process occupies, TensorFlow's included; 0 if unknown. */
  public long resident() {
    return resident;
  }

  /** For people to read. */
  @Override
  public String toString() {
    final String java = String.format(Locale.ROOT, "%.1f GB Java heap", heap / GIGA);
    return resident == 0
        ? java
        : String.format(Locale.ROOT, "%.1f GB in all, %s", resident / GIGA, java);
  }
}
