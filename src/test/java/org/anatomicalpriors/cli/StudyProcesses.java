package org.anatomicalpriors.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anatomicalpriors.processes.ChildProcess;
import org.anatomicalpriors.processes.EndedProcess;
import org.anatomicalpriors.processes.JavaCommand;

/** The shell's program at work on a small study, each time in a process of its own. */
final class StudyProcesses implements AutoCloseable {

  private static final String HEAP = "500m";

  private final Path folder;
  private final List<ChildProcess> started = new ArrayList<>();

  /** Generates the study. */
  StudyProcesses(final Path folder) {
    this.folder = folder;
    final Shell shell =
        Shell.run("generate", "--count", 4, "--images", 1, "--spacing", 6, "--output", study());
    assertEquals(0, shell.code, shell.err);
  }

  Path study() {
    return folder.resolve("study");
  }

  /**
   * Starts a process in the folder.
   *
   * @param heap memory for Java
   * @param environment further variables
   */
  ChildProcess start(
      final String heap, final Map<String, String> environment, final Object... arguments)
      throws IOException {
    final ChildProcess process =
        JavaCommand.of(Main.class)
            .environment(environment)
            .options("-Xmx" + heap)
            .in(folder)
            .start(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    started.add(process);
    return process;
  }

  /** Starts to train a prior from the study's label maps, on one core. */
  ChildProcess train(
      final Map<String, String> environment,
      final double spacing,
      final int steps,
      final String output,
      final Object... more)
      throws IOException {
    return start(
        HEAP,
        environment,
        Stream.concat(
                Stream.of(
                    "train-prior",
                    "--labels",
                    study().resolve("labels"),
                    "--spacing",
                    spacing,
                    "--steps",
                    steps,
                    "--device",
                    "cpu",
                    "--threads",
                    1,
                    "--output",
                    output),
                Stream.of(more))
            .toArray());
  }

  /** Names of files, anywhere in the folder, that start so. */
  List<String> left(final String start) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(f -> f.startsWith(start))
          .sorted()
          .collect(Collectors.toList());
    }
  }

  /** It ended with this code, and one line that it said matches. */
  static void assertSaid(final EndedProcess shell, final int code, final String line) {
    assertEquals(code, shell.exit, shell.said());
    assertTrue(shell.said().lines().anyMatch(l -> l.matches(line)), shell.said());
    assertFalse(
        shell.said().contains("Exception:") || shell.said().contains("report it"), shell.said());
  }

  /** Ends what is still at work. */
  @Override
  public void close() {
    started.forEach(ChildProcess::close);
  }
}
