package org.anatomicalpriors.robustness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.anatomicalpriors.cli.Main;

/** A main class, such as the shell's, in a process of its own that can be killed. */
final class CommandProcess implements AutoCloseable {

  private static final long MOST_SECONDS = 600;

  private final Process process;
  private final Path log;

  private CommandProcess(
      final List<String> command, final Map<String, String> environment, final Path log)
      throws IOException {
    this.log = log;
    final ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    process = builder.start();
  }

  /**
   * Starts a command of the shell.
   *
   * @param log for all that it says
   */
  static CommandProcess shell(final Path log, final List<String> arguments) throws IOException {
    return start(log, List.of(), Main.class, arguments);
  }

  /**
   * @param before words to put before {@code java}, such as those of another program that starts it
   */
  static CommandProcess start(
      final Path log, final List<String> before, final Class<?> main, final List<String> arguments)
      throws IOException {
    return start(
        log,
        before,
        Map.of(),
        List.of(),
        System.getProperty("java.class.path"),
        main.getName(),
        arguments);
  }

  /**
   * @param environment beside that of this process
   * @param options of the virtual machine
   */
  static CommandProcess start(
      final Path log,
      final List<String> before,
      final Map<String, String> environment,
      final List<String> options,
      final String classPath,
      final String main,
      final List<String> arguments)
      throws IOException {
    final List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Djava.awt.headless=true",
            // Whoever is killed leaves its temporary files behind.
            "-Djava.io.tmpdir=" + log.toAbsolutePath().getParent()));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(arguments);
    return new CommandProcess(command, environment, log);
  }

  /** Waits, then ends it as {@code kill -9} does; false if it had ended by itself before. */
  boolean killAfter(final long millis) throws InterruptedException {
    if (process.waitFor(millis, TimeUnit.MILLISECONDS)) return false;
    process.destroyForcibly().waitFor();
    return true;
  }

  /** Waits for its end; its exit code. */
  int exit() throws IOException, InterruptedException {
    if (process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) return process.exitValue();
    process.destroyForcibly();
    throw new AssertionError("did not end in " + MOST_SECONDS + " s: " + said());
  }

  /** Processes that it has started, and those that these have. */
  List<ProcessHandle> descendants() {
    return process.descendants().collect(Collectors.toList());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String said() throws IOException {
    return Files.readString(log, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
