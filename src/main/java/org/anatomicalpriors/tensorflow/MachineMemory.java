package org.anatomicalpriors.tensorflow;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.bytedeco.javacpp.Pointer;

/**
 * How much memory there is for this process: what estimates are compared with. Estimates are rough,
 * so that only what is far too large counts as too large. Immutable.
 */
public final class MachineMemory {

  /** Part of an estimate that is needed in any case. */
  private static final double SURE = 0.7;

  private final long heap;
  private final long total;
  private final long available;

  /**
   * @param heap bytes that Java may use
   * @param total bytes of the machine or container, swap included
   * @param available bytes that no other process holds
   */
  public MachineMemory(final long heap, final long total, final long available) {
    this.heap = heap;
    this.total = total;
    this.available = available;
  }

  /** As it is now; the engine has to be started. */
  public static MachineMemory now() {
    final long heap = Runtime.getRuntime().maxMemory();
    final java.lang.management.OperatingSystemMXBean system =
        ManagementFactory.getOperatingSystemMXBean();
    if (!(system instanceof OperatingSystemMXBean))
      return new MachineMemory(heap, Long.MAX_VALUE, Long.MAX_VALUE);
    final OperatingSystemMXBean known = (OperatingSystemMXBean) system;
    // Java tells a container's limit, where there is one.
    final long total = known.getTotalPhysicalMemorySize() + known.getTotalSwapSpaceSize();
    // What Java calls free leaves out the files' cache, which is given back when it is needed.
    final long available = Pointer.availablePhysicalBytes() + Engine.residentBytes();
    return new MachineMemory(heap, total, Math.min(total, available));
  }

  /** Bytes that Java may use. */
  public long heap() {
    return heap;
  }

  /** Bytes of the machine or container. */
  public long total() {
    return total;
  }

  /** Bytes that no other process holds. */
  public long available() {
    return available;
  }

  /** Whether so many bytes are surely more than Java may use. */
  public boolean isHeapTooSmall(final long bytes) {
    return SURE * bytes > heap;
  }

  /** Whether so many bytes are surely more than the machine has. */
  public boolean isTooSmall(final long bytes) {
    return SURE * bytes > total;
  }

  /** Whether so many bytes may make the system slow, or make it end this process. */
  public boolean isShort(final long bytes) {
    return bytes > available;
  }

  /** For people to read, such as {@code 1.9 GB}. */
  public static String text(final long bytes) {
    return bytes < 1e9
        ? String.format(java.util.Locale.ROOT, "%.0f MB", bytes / 1e6)
        : String.format(java.util.Locale.ROOT, "%.1f GB", bytes / 1e9);
  }

  /** An option of Java that allows so many bytes and a little more, such as {@code -Xmx4g}. */
  public static String option(final long bytes) {
    return "-Xmx" + (long) Math.ceil(1.2 * bytes / (1 << 30)) + "g";
  }
}
