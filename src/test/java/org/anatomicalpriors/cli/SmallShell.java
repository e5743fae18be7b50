package org.anatomicalpriors.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The shell's program in a process of its own, with as little memory for Java as wanted. */
final class SmallShell {

  final int code;
  final String said;

  private SmallShell(final int code, final String said) {
    this.code = code;
    this.said = said;
  }

  /**
   * @param work folder to work in
   * @param heap as {@code -Xmx} takes it
   */
  static SmallShell run(final Path work, final String heap, final Object... arguments)
      throws IOException, InterruptedException {
    return run(work, heap, Map.of(), arguments);
  }

  /**
   * @param environment further variables
   */
  static SmallShell run(
      final Path work,
      final String heap,
      final Map<String, String> environment,
      final Object... arguments)
      throws IOException, InterruptedException {
    final List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    for (final Object a : arguments) command.add(a.toString());
    final File said = Files.createTempFile(work, "said", ".txt").toFile();
    final ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said);
    builder.environment().putAll(environment);
    final Process process = builder.start();
    try {
      if (!process.waitFor(120, TimeUnit.SECONDS)) throw new AssertionError("no end");
    } finally {
      process.destroyForcibly();
    }
    return new SmallShell(process.exitValue(), Files.readString(said.toPath()));
  }
}
