package org.anatomicalpriors.command;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process without a screen that has ended. */
final class HeadlessFiji {

  final int exit;
  final String out;
  final String err;

  private HeadlessFiji(final int exit, final Path out, final Path err) throws IOException {
    this.exit = exit;
    this.out = Files.readString(out);
    this.err = Files.readString(err);
  }

  /** The command line of a Java process with the classes under test. */
  static List<String> command(final List<String> java, final Class<?> main) {
    final List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Djava.awt.headless=true", "-Xmx512m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(java);
    command.add(main.getName());
    return command;
  }

  /**
   * Runs a main class and waits for its end.
   *
   * @param folder in which it runs
   * @param java options of the virtual machine
   */
  static HeadlessFiji run(
      final Path folder, final List<String> java, final Class<?> main, final String... args)
      throws IOException, InterruptedException {
    final List<String> command = command(java, main);
    command.addAll(List.of(args));
    return run(new ProcessBuilder(command).directory(folder.toFile()));
  }

  static HeadlessFiji run(final ProcessBuilder builder) throws IOException, InterruptedException {
    return run(List.of(builder)).get(0);
  }

  /** Runs processes at the same time and waits for the end of all. */
  static List<HeadlessFiji> run(final List<ProcessBuilder> builders)
      throws IOException, InterruptedException {
    final List<Process> processes = new ArrayList<>();
    final List<Path> texts = new ArrayList<>();
    try {
      for (final ProcessBuilder builder : builders) {
        final Path out = Files.createTempFile("anatomical-priors-test", ".out");
        final Path err = Files.createTempFile("anatomical-priors-test", ".err");
        texts.addAll(List.of(out, err));
        processes.add(builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start());
      }
      final List<HeadlessFiji> ended = new ArrayList<>();
      for (final Process process : processes) {
        assertTrue(process.waitFor(300, TimeUnit.SECONDS), "no end");
        final int i = 2 * ended.size();
        ended.add(new HeadlessFiji(process.exitValue(), texts.get(i), texts.get(i + 1)));
      }
      return ended;
    } finally {
      processes.forEach(Process::destroyForcibly);
      for (final Path text : texts) Files.delete(text);
    }
  }
}
