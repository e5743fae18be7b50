package org.anatomicalpriors.isolation;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anatomicalpriors.processes.EndedProcess;
import org.anatomicalpriors.processes.JavaCommand;

/** A Java process that has ended, with the classes that it loaded. */
final class ChildJvm {

  final int exit;
  final String out;
  final String err;

  /**
   * Of each loaded class, but lambdas and proxies, its name and, after {@code source:}, where it
   * came from.
   */
  final List<String> classes;

  private ChildJvm(final EndedProcess ended, final List<String> classes) {
    exit = ended.exit;
    out = ended.out;
    err = ended.err;
    this.classes = classes;
  }

  /**
   * Runs a main class and waits for its end.
   *
   * @param work folder for what it writes
   */
  static ChildJvm run(
      final Path work, final List<Path> classPath, final Class<?> main, final String... arguments)
      throws IOException, InterruptedException {
    final Path log = work.resolve("classes");
    final List<Path> all = new ArrayList<>(classPath);
    all.add(mainJar(work, main));
    final EndedProcess ended =
        JavaCommand.of(main)
            .options(
                // Whoever downloads finds no network: a proxy that answers nothing.
                "-Dhttp.proxyHost=127.0.0.1",
                "-Dhttp.proxyPort=1",
                "-Dhttps.proxyHost=127.0.0.1",
                "-Dhttps.proxyPort=1",
                "-Xlog:class+load=info:file=" + log.getFileName() + "::filecount=0")
            .classPath(all)
            .in(work)
            // The engine of this process has set variables that it would find.
            .withoutEnvironment("TF_CPP.*|NVIDIA_TF32.*|TENSORFLOW.*")
            .run(arguments);
    try (Stream<String> lines = Files.lines(log)) {
      return new ChildJvm(
          ended,
          lines
              .filter(l -> l.contains(" source: ") && !l.contains("$$"))
              .map(l -> l.substring(l.lastIndexOf(']') + 1).trim())
              .collect(Collectors.toList()));
    }
  }

  /** Of this class and its inner ones alone. */
  private static Path mainJar(final Path work, final Class<?> main) throws IOException {
    final Path folder = Files.createDirectory(work.resolve("main"));
    final String path = main.getPackageName().replace('.', '/');
    final Path to = Files.createDirectories(folder.resolve(path));
    try (DirectoryStream<Path> classes =
        Files.newDirectoryStream(
            FijiFolder.codeOf(main).resolve(path), main.getSimpleName() + "{,$*}.class")) {
      for (final Path file : classes) Files.copy(file, to.resolve(file.getFileName()));
    }
    return TestJars.pack(work.resolve("main.jar"), folder).toPath();
  }

  /** Those of {@link #classes} whose name starts so. */
  List<String> loaded(final String... prefixes) {
    return classes.stream()
        .filter(c -> Stream.of(prefixes).anyMatch(c::startsWith))
        .collect(Collectors.toList());
  }
}
