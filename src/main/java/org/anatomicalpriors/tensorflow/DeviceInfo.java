package org.anatomicalpriors.tensorflow;

/** A device that TensorFlow lists. */
public final class DeviceInfo {

  private final String type;
  private final int index;
  private final long memoryBytes;

  DeviceInfo(final String type, final int index, final long memoryBytes) {
    this.type = type;
    this.index = index;
    this.memoryBytes = memoryBytes;
  }

  /** {@code CPU} or {@code GPU}. */
  public String type() {
    return type;
  }

  public int index() {
    return index;
  }

  /** Memory that TensorFlow may use there, in bytes; for a CPU not the machine's memory. */
  public long memoryBytes() {
    return memoryBytes;
  }

  public boolean isGpu() {
    return "GPU".equals(type);
  }

  /** As {@code --device} takes it: {@code cpu}, {@code gpu:0}. */
  @Override
  public String toString() {
    return isGpu() ? "gpu:" + index : "cpu";
  }
}
