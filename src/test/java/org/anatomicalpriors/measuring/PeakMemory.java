package org.anatomicalpriors.measuring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Most main memory that this process held at once: TensorFlow's, and what Java's heap had grown to
 * under its limit, in use or not. Only Linux tells.
 */
public final class PeakMemory {

  private static final Path STATUS = Path.of("/proc/self/status");

  /** Writing 5 sets the peak to what is held now (the manual page proc(5)). */
  private static final Path RESET = Path.of("/proc/self/clear_refs");

  private static boolean started;

  private PeakMemory() {}

  /** Gives back what is not in use and starts anew. */
  public static void reset() throws IOException {
    System.gc();
    started = Files.isWritable(RESET);
    if (started) Files.writeString(RESET, "5");
  }

  /** Bytes since the last reset; not a number if they are not told. */
  public static double bytes() throws IOException {
    if (!started || !Files.isReadable(STATUS)) return Double.NaN;
    for (final String line : Files.readAllLines(STATUS))
      if (line.startsWith("VmHWM:")) return 1024 * Double.parseDouble(line.replaceAll("\\D", ""));
    return Double.NaN;
  }
}
