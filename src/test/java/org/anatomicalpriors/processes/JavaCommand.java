package org.anatomicalpriors.processes;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a main class is started in a Java process of its own, with the classes under test.
 *
 * <pre>{@code
 * final EndedProcess shell =
 *     JavaCommand.of(Main.class).options("-Xmx64m").in(folder).run("segment", "--model", ...);
 * assertEquals(0, shell.exit, shell.said());
 * }</pre>
 */
public final class JavaCommand {

  /** What is tested is behaviour, so a short start is worth more than speed later. */
  private static final List<String> QUICK =
      List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");

  private static final long USUAL_SECONDS = 120;

  private final String main;
  private final List<String> before = new ArrayList<>();
  private final List<String> options = new ArrayList<>();
  private final ProcessBuilder builder = new ProcessBuilder();
  private String classPath =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  private Path log;
  private long seconds = USUAL_SECONDS;

  private JavaCommand(final String main) {
    this.main = main;
    options.add("-Djava.awt.headless=true");
    options.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
  }

  /** Of a virtual machine that starts fast. */
  public static JavaCommand of(final Class<?> main) {
    return of(main.getName());
  }

  /** As {@link #of(Class)}, for a class that is not on the tests' own class path. */
  public static JavaCommand of(final String main) {
    return new JavaCommand(main).options(QUICK);
  }

  /** Of a virtual machine as users have it, for measurements. */
  public static JavaCommand asUsersStart(final Class<?> main) {
    return new JavaCommand(main.getName());
  }

  /** Adds options of the virtual machine; later ones outdo earlier ones. */
  public JavaCommand options(final String... more) {
    return options(List.of(more));
  }

  public JavaCommand options(final List<String> more) {
    options.addAll(more);
    return this;
  }

  /** Instead of that of this process. */
  public JavaCommand classPath(final String path) {
    classPath = path;
    return this;
  }

  public JavaCommand classPath(final List<Path> path) {
    return classPath(
        path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
  }

  /** Words before {@code java}, such as those of another program that starts it. */
  public JavaCommand startedBy(final List<String> words) {
    before.addAll(words);
    return this;
  }

  /** Adds variables to those of this process. */
  public JavaCommand environment(final Map<String, String> more) {
    builder.environment().putAll(more);
    return this;
  }

  /** Takes away the variables whose names match, which the engine of this process may have set. */
  public JavaCommand withoutEnvironment(final String regex) {
    builder.environment().keySet().removeIf(name -> name.matches(regex));
    return this;
  }

  /** The folder in which it runs. */
  public JavaCommand in(final Path work) {
    builder.directory(work.toFile());
    return this;
  }

  /** A file for all that it says, which stays. */
  public JavaCommand log(final Path file) {
    log = file;
    return this;
  }

  /** How long it may take at most. */
  public JavaCommand limit(final long most) {
    seconds = most;
    return this;
  }

  /** The command line. */
  public List<String> words(final List<String> arguments) {
    final List<String> words = new ArrayList<>(before);
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(options);
    words.addAll(List.of("-cp", classPath, main));
    words.addAll(arguments);
    return words;
  }

  public ChildProcess start(final String... arguments) throws IOException {
    return start(List.of(arguments));
  }

  public ChildProcess start(final List<String> arguments) throws IOException {
    builder.command(words(arguments));
    return log == null
        ? ChildProcess.start(builder, seconds)
        : ChildProcess.start(builder, log, seconds);
  }

  public EndedProcess run(final String... arguments) throws IOException, InterruptedException {
    return run(List.of(arguments));
  }

  /** Starts it and waits for its end. */
  public EndedProcess run(final List<String> arguments) throws IOException, InterruptedException {
    try (ChildProcess process = start(arguments)) {
      return process.end();
    }
  }
}
