package org.anatomicalpriors.isolation;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A folder as Fiji's, with this plugin as the update site installs it. */
final class FijiFolder {

  /** What this plugin uses of the jars that Fiji has on its class path, and JNA as an example. */
  private static final String SHARED = "(scijava-common|parsington|ij|imglib2|jna)-\\d.*\\.jar";

  /** Jars that only tests use. */
  private static final String TESTS =
      "(junit|opentest4j|apiguardian|jython|groovy|archunit|surefire).*\\.jar";

  private final Path folder;

  private FijiFolder(final Path folder) {
    this.folder = folder;
  }

  /** Installs the classes under test and the libraries of the test class path. */
  static FijiFolder make(final Path folder) throws IOException {
    final Path lib = Files.createDirectories(folder.resolve(Installation.ENGINE_FOLDER));
    Files.createDirectories(folder.resolve("jars"));
    for (final Path jar : testClassPath()) {
      final String name = jar.getFileName().toString();
      if (!name.endsWith(".jar") || name.matches(TESTS)) continue;
      if (name.matches(SHARED)) link(jar, folder.resolve("jars").resolve(name));
      if (!name.matches(SHARED) || name.startsWith("jna")) link(jar, lib.resolve(name));
    }
    TestJars.pack(
        Files.createDirectories(folder.resolve("plugins")).resolve("anatomical-priors-0.1.0.jar"),
        codeOf(CoreLoader.class));
    return new FijiFolder(folder);
  }

  /** The natives are large. */
  private static void link(final Path jar, final Path target) throws IOException {
    try {
      Files.createLink(target, jar);
    } catch (final IOException | UnsupportedOperationException e) {
      Files.copy(jar, target);
    }
  }

  static List<Path> testClassPath() {
    final String surefire = System.getProperty("surefire.test.class.path", "");
    return Arrays.stream(
            (surefire.isEmpty() ? System.getProperty("java.class.path") : surefire)
                .split(File.pathSeparator))
        .map(Paths::get)
        .collect(Collectors.toList());
  }

  /** The folder of classes that a class comes from. */
  static Path codeOf(final Class<?> type) {
    try {
      return Paths.get(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (final URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  Path path() {
    return folder;
  }

  Path plugin() {
    return folder.resolve("plugins/anatomical-priors-0.1.0.jar");
  }

  /** Fiji's: its jars and plugins. */
  List<Path> classPath() throws IOException {
    final List<Path> jars = new ArrayList<>();
    for (final String part : List.of("jars", "plugins"))
      try (java.util.stream.Stream<Path> list = Files.list(folder.resolve(part))) {
        list.sorted().forEach(jars::add);
      }
    return jars;
  }
}
