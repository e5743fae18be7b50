package org.anatomicalpriors.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A main class in a process of its own: how long it took and how much memory it held at once. */
final class MeasuredProcess {

  /** The heap that docs/user-guide.md gives the shell. */
  private static final String HEAP = "-Xmx3g";

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
    final Path said = Files.createTempFile("benchmark", ".txt");
    final List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                HEAP,
                "-Djava.awt.headless=true",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    final long start = System.nanoTime();
    final Process process =
        new ProcessBuilder(command)
            .redirectOutput(said.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      double peak = Double.NaN;
      while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) peak = peak(process, peak);
      final double seconds = (System.nanoTime() - start) / 1e9;
      final String output = Files.readString(said, StandardCharsets.UTF_8);
      if (process.exitValue() != 0)
        throw new IOException(command + " ended with " + process.exitValue() + ": " + output);
      return new MeasuredProcess(seconds, peak, output);
    } finally {
      process.destroyForcibly();
      Files.delete(said);
    }
  }

  /** Linux's "high water mark" of the resident set; what was known if there is none. */
  private static double peak(final Process process, final double known) throws IOException {
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
