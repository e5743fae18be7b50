package org.anatomicalpriors.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.anatomicalpriors.processes.ChildProcess;
import org.anatomicalpriors.processes.EndedProcess;
import org.anatomicalpriors.processes.JavaCommand;

/** A main class in a process of its own: how long it took and how much memory it held at once. */
final class MeasuredProcess {

  /** The heap that docs/user-guide.md gives the shell. */
  private static final String HEAP = "-Xmx3g";

  /** What {@code scripts/java-options} gives to Java. */
  private static final List<String> SHELL =
      Arrays.asList(System.getProperty("shell.options", "-Xshare:auto").split(" "));

  private static final long POLL_MILLIS = 20;

  private final double seconds;
  private final double peakBytes;
  private final String output;

  private MeasuredProcess(final double seconds, final double peakBytes, final String output) {
    this.seconds = seconds;
    this.peakBytes = peakBytes;
    this.output = output;
  }

  /**
   * Runs it to its end.
   *
   * @throws IOException if it fails, with what it said
   */
  static MeasuredProcess run(final Class<?> main, final String... arguments)
      throws IOException, InterruptedException {
    final JavaCommand command =
        JavaCommand.asUsersStart(main)
            .options(SHELL)
            .options(HEAP, "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
    final long start = System.nanoTime();
    try (ChildProcess process = command.start(arguments)) {
      double peak = Double.NaN;
      while (!process.endsWithin(POLL_MILLIS)) peak = peak(process, peak);
      final double seconds = (System.nanoTime() - start) / 1e9;
      final EndedProcess ended = process.end();
      if (ended.exit != 0)
        throw new IOException(
            command.words(List.of(arguments)) + " ended with " + ended.exit + ": " + ended.said());
      System.err.print(ended.err);
      return new MeasuredProcess(seconds, peak, ended.out);
    }
  }

  /** Linux's "high water mark" of the resident set; what was known if there is none. */
  private static double peak(final ChildProcess process, final double known) throws IOException {
    try {
      for (final String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")))
        if (line.startsWith("VmHWM:")) return 1024 * Double.parseDouble(line.replaceAll("\\D", ""));
    } catch (final NoSuchFileException e) {
      // Another system, or it has just ended.
    } catch (final IOException e) {
      if (process.isAlive()) throw e;
    }
    return known;
  }

  double seconds() {
    return seconds;
  }

  /** Not a number where the system does not tell. */
  double peakBytes() {
    return peakBytes;
  }

  /** What it wrote to standard output. */
  String output() {
    return output;
  }
}
