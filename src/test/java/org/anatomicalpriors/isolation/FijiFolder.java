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
import org.anatomicalpriors.updatesite.Library;

/** A folder as Fiji's, with this plugin as the update site installs it. */
public final class FijiFolder {

  /** Fiji has it on its class path, for others; the plugin has its own. */
  private static final String EXAMPLE = "jna-\\d.*\\.jar";

  /** Jars that only tests use. */
  private static final String TESTS =
      "(junit|opentest4j|apiguardian|jython|groovy|archunit|jqwik|jmh|jopt|surefire).*\\.jar";

  private final Path folder;

  private FijiFolder(final Path folder) {
    this.folder = folder;
  }

  /** Installs the classes under test and the libraries of the test class path. */
  public static FijiFolder make(final Path folder) throws IOException {
    final Path natives =
        folder.resolve("lib/" + FijiPlatform.names().get(0) + "/anatomical-priors");
    for (final Library library : Library.of(libraries())) {
      if (library.isFijis() || library.name().matches(EXAMPLE))
        link(library, folder.resolve("jars"));
      if (library.isIsolated()) link(library, folder.resolve(Installation.ENGINE_FOLDER));
      if (library.isNative()) link(library, natives);
    }
    TestJars.pack(
        Files.createDirectories(folder.resolve("plugins")).resolve("anatomical-priors-0.1.0.jar"),
        codeOf(CoreLoader.class));
    return new FijiFolder(folder);
  }

  /** The natives are large. */
  private static void link(final Library library, final Path to) throws IOException {
    final Path target = Files.createDirectories(to).resolve(library.name());
    try {
      Files.createLink(target, library.jar);
    } catch (final IOException | UnsupportedOperationException e) {
      Files.copy(library.jar, target);
    }
  }

  /** Jars that the plugin needs at run time. */
  public static List<Path> libraries() {
    return testClassPath().stream()
        .filter(j -> j.toString().endsWith(".jar"))
        .filter(j -> !j.getFileName().toString().matches(TESTS))
        .collect(Collectors.toList());
  }

  public static List<Path> testClassPath() {
    final String surefire = System.getProperty("surefire.test.class.path", "");
    return Arrays.stream(
            (surefire.isEmpty() ? System.getProperty("java.class.path") : surefire)
                .split(File.pathSeparator))
        .map(Paths::get)
        .collect(Collectors.toList());
  }

  /** The folder of classes that a class comes from. */
  public static Path codeOf(final Class<?> type) {
    try {
      return Paths.get(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (final URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public Path path() {
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
