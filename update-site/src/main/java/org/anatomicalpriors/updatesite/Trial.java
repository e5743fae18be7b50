package org.anatomicalpriors.updatesite;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anatomicalpriors.InvalidInputException;

/** Uses an installed plugin: from the shell, and from a script as in Fiji without a screen. */
final class Trial {

  private static final String SHELL = "org.anatomicalpriors.cli.Main";

  /** Stands for {@code fiji --headless}; one of the tests' classes. */
  private static final String FIJI = "org.anatomicalpriors.command.ScriptMain";

  private static final int MINUTES = 10;

  private final Path fiji;
  private final Path work;

  /**
   * @param fiji folder with the installed plugin and those jars of Fiji's that it needs
   * @param work folder for results
   */
  Trial(final Path fiji, final Path work) {
    this.fiji = fiji;
    this.work = work;
  }

  /**
   * Runs a command of the plugin's shell on a plain class path.
   *
   * @return what it printed
   * @throws InvalidInputException if it failed, with what it printed
   */
  String shell(final String... arguments) throws IOException, InterruptedException {
    final List<Path> classPath = fijiClassPath();
    try (Stream<Path> walk = Files.walk(fiji.resolve("lib"))) {
      walk.filter(Trial::isJar).sorted().forEach(classPath::add);
    }
    return run(classPath, SHELL, arguments);
  }

  /**
   * Runs a script with no jar of the engine on the class path.
   *
   * @param languages what Fiji has for its script languages
   * @param parameters as after {@code --run}: {@code name="value",...}
   */
  String script(final List<Path> languages, final Path script, final String parameters)
      throws IOException, InterruptedException {
    final List<Path> classPath = fijiClassPath();
    classPath.addAll(languages);
    return run(classPath, FIJI, "--run", script.toString(), parameters);
  }

  private List<Path> fijiClassPath() throws IOException {
    final List<Path> classPath = new ArrayList<>();
    for (final String folder : List.of("jars", "plugins"))
      try (Stream<Path> list = Files.list(fiji.resolve(folder))) {
        list.filter(Trial::isJar).sorted().forEach(classPath::add);
      }
    return classPath;
  }

  private static boolean isJar(final Path file) {
    return file.toString().endsWith(".jar");
  }

  private String run(final List<Path> classPath, final String main, final String... arguments)
      throws IOException, InterruptedException {
    final Path output = Files.createTempFile(work, "trial", ".log");
    final List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // starts faster
                "-Djava.awt.headless=true",
                // What is not installed cannot be fetched: a proxy that answers nothing.
                "-Dhttp.proxyHost=127.0.0.1",
                "-Dhttp.proxyPort=1",
                "-Dhttps.proxyHost=127.0.0.1",
                "-Dhttps.proxyPort=1",
                "-cp",
                classPath.stream()
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator)),
                main));
    command.addAll(List.of(arguments));
    final ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    // Of the process that asks, should it use TensorFlow itself.
    builder.environment().keySet().removeIf(k -> k.matches("TF_CPP.*|NVIDIA_TF32.*|TENSORFLOW.*"));
    final Process process = builder.start();
    try {
      final boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
      final String text = Files.readString(output);
      if (ended && process.exitValue() == 0) return text;
      throw new InvalidInputException(
          "The installed plugin "
              + (ended ? "failed with exit code " + process.exitValue() : "did not end")
              + " at \""
              + String.join(" ", arguments)
              + "\": "
              + text.trim());
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }
}
