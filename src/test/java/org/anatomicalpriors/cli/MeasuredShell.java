package org.anatomicalpriors.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The shell's program in a process of its own, with as little memory as wanted. */
final class MeasuredShell {

  private static final String PEAK = "VmPeak:";

  final int code;
  final String said;

  private MeasuredShell(final int code, final String said) {
    this.code = code;
    this.said = said;
  }

  /**
   * @param work folder to work in
   * @param heap as {@code -Xmx} takes it
   * @param kilobytes of address space that the process may use, or 0 for no limit
   */
  static MeasuredShell run(
      final Path work, final String heap, final long kilobytes, final Object... arguments)
      throws IOException, InterruptedException {
    final List<String> command = new ArrayList<>();
    if (kilobytes > 0)
      command.addAll(
          List.of("/bin/sh", "-c", "ulimit -v " + kilobytes + " && exec \"$@\"", "limited"));
    command.addAll(
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-Xmx" + heap,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            MeasuredShell.class.getName()));
    for (final Object a : arguments) command.add(a.toString());
    final File said = Files.createTempFile(work, "said", ".txt").toFile();
    final Process process =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said)
            .start();
    try {
      if (!process.waitFor(120, TimeUnit.SECONDS)) throw new AssertionError("no end");
    } finally {
      process.destroyForcibly();
    }
    return new MeasuredShell(process.exitValue(), Files.readString(said.toPath()));
  }

  /** Most kilobytes of address space that were used. */
  long peak() {
    return said.lines()
        .filter(l -> l.startsWith(PEAK))
        .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  public static void main(final String... arguments) {
    Runtime.getRuntime().addShutdownHook(new Thread(MeasuredShell::tellPeak));
    Main.main(arguments);
  }

  private static void tellPeak() {
    final Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) return;
    try {
      for (final String line : Files.readAllLines(status))
        if (line.startsWith(PEAK)) System.out.println(line);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
