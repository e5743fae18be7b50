package org.anatomicalpriors.robustness;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anatomicalpriors.processes.ChildProcess;
import org.anatomicalpriors.processes.JavaCommand;

/**
 * A standalone cluster of Spark on this computer: a master and workers, each a process, that start
 * executors. All listen to this computer alone, on ports that are free.
 */
final class SparkCluster implements AutoCloseable {

  private static final String SPARK = "org.apache.spark.deploy.";
  private static final Pattern ADDRESS = Pattern.compile("spark://127\\.0\\.0\\.1:\\d+");
  private static final long MOST_MILLIS = 120_000;
  private static final long POLL_MILLIS = 50;

  /** Packages that Spark needs to be opened to it, as {@code scripts/on-spark} does. */
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "jdk.internal.ref",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  private final Path folder;
  private final List<Path> links = new ArrayList<>();
  private final Map<String, String> environment;
  private final ChildProcess master;
  private final List<ChildProcess> workers = new ArrayList<>();
  private int drivers;

  /**
   * @param folder empty, for what the processes write
   * @param workers each of one core
   */
  SparkCluster(final Path folder, final int workers) throws IOException, InterruptedException {
    this.folder = folder;
    environment =
        Map.of(
            "SPARK_HOME",
            home().toString(),
            "SPARK_SCALA_VERSION",
            "2.12",
            "SPARK_LOCAL_IP",
            "127.0.0.1",
            "SPARK_LOCAL_DIRS",
            folder.toString(),
            "SPARK_LOCAL_HOSTNAME",
            "127.0.0.1");
    master = start("master", SPARK + "master.Master", List.of());
    try {
      final String address = address();
      for (int i = 0; i < workers; i++)
        this.workers.add(
            start(
                "worker-" + i,
                SPARK + "worker.Worker",
                List.of(
                    "--cores",
                    "1",
                    "--memory",
                    "1g",
                    "--work-dir",
                    folder.resolve("work-" + i).toString(),
                    address)));
    } catch (final AssertionError | IOException | InterruptedException e) {
      close();
      throw e;
    }
  }

  /** A folder with jars as that of a Spark which was downloaded. */
  private Path home() throws IOException {
    final Path jars = Files.createDirectories(folder.resolve("home/jars"));
    final List<String> shipped =
        List.of(System.getProperty("java.class.path").split(File.pathSeparator));
    for (final String jar : jars())
      if (!shipped.contains(jar) || jar.contains("slf4j"))
        links.add(Files.createSymbolicLink(jars.resolve(Path.of(jar).getFileName()), Path.of(jar)));
    return folder.resolve("home");
  }

  /** Spark and what it needs, as the build has found them. */
  private static List<String> jars() throws IOException {
    return List.of(
        Files.readString(Path.of("target", "spark-classpath.txt"))
            .trim()
            .split(File.pathSeparator));
  }

  static String classPath() throws IOException {
    return System.getProperty("java.class.path")
        + File.pathSeparator
        + String.join(File.pathSeparator, jars());
  }

  private ChildProcess start(final String name, final String main, final List<String> arguments)
      throws IOException {
    final List<String> all =
        new ArrayList<>(List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0"));
    all.addAll(arguments);
    return command(main, folder.resolve(name + ".log"), environment).start(all);
  }

  private String address() throws IOException, InterruptedException {
    final long start = System.currentTimeMillis();
    while (System.currentTimeMillis() - start < MOST_MILLIS) {
      final Matcher told = ADDRESS.matcher(master.said());
      if (told.find()) return told.group();
      if (!master.isAlive()) break;
      Thread.sleep(POLL_MILLIS);
    }
    throw new AssertionError("no master: " + master.said());
  }

  private static JavaCommand command(
      final String main, final Path log, final Map<String, String> environment) throws IOException {
    final JavaCommand command =
        Commands.of(JavaCommand.of(main), log).environment(environment).classPath(classPath());
    OPENED.forEach(p -> command.options("--add-opens=java.base/" + p + "=ALL-UNNAMED"));
    return command.options(
        "-Djdk.reflect.useDirectMethodHandle=false", "-XX:+IgnoreUnrecognizedVMOptions");
  }

  /** Starts the batch in this process's own Spark, without a cluster. */
  static ChildProcess local(final Path log, final String master, final List<String> arguments)
      throws IOException {
    return driver(log, Map.of("SPARK_LOCAL_IP", "127.0.0.1"), master, List.of(), arguments);
  }

  /**
   * Starts the batch on the cluster.
   *
   * @param properties of Spark, such as {@code spark.speculation=true}
   */
  ChildProcess start(final List<String> properties, final List<String> arguments)
      throws IOException, InterruptedException {
    final List<String> all = new ArrayList<>(properties);
    all.addAll(
        List.of(
            "spark.driver.host=127.0.0.1",
            "spark.executor.memory=512m",
            "spark.executor.cores=1",
            "spark.executor.extraJavaOptions=-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.io.tmpdir="
                + folder,
            "spark.executor.extraClassPath=" + System.getProperty("java.class.path")));
    return driver(
        folder.resolve("driver-" + drivers++ + ".log"), environment, address(), all, arguments);
  }

  private static ChildProcess driver(
      final Path log,
      final Map<String, String> environment,
      final String master,
      final List<String> properties,
      final List<String> arguments)
      throws IOException {
    final JavaCommand command = command("org.anatomicalpriors.spark.SparkMain", log, environment);
    properties.forEach(p -> command.options("-D" + p));
    final List<String> all = new ArrayList<>(List.of("--master", master));
    all.addAll(arguments);
    return command.start(all);
  }

  /** The processes in which images are segmented now. */
  List<ProcessHandle> executors() {
    return workers.stream()
        .flatMap(w -> w.descendants().stream())
        .filter(p -> p.info().commandLine().orElse("java").contains("java"))
        .collect(Collectors.toList());
  }

  /** Logs of all processes, for when something went wrong. */
  String said() throws IOException {
    final StringBuilder all = new StringBuilder();
    try (Stream<Path> logs = Files.walk(folder)) {
      for (final Path log :
          logs.filter(f -> f.toString().endsWith(".log") || f.endsWith("stderr"))
              .collect(Collectors.toList()))
        all.append("== ").append(log).append('\n').append(Files.readString(log));
    }
    return all.toString();
  }

  @Override
  public void close() {
    workers.forEach(ChildProcess::close);
    master.close();
    // Before whoever clears the folder away follows the links.
    for (final Path jar : links) jar.toFile().delete();
  }
}
