package org.anatomicalpriors.updatesite;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.anatomicalpriors.InvalidInputException;
import picocli.CommandLine.Option;

/** The source folder after {@code mvn package}. */
final class BuiltProject {

  @Option(
      names = "--project",
      hidden = true,
      description = "Source folder of the plugin, built. Default: the folder worked in.")
  private Path folder = Path.of("").toAbsolutePath();

  Release release() {
    final String version = Pom.read(folder.resolve("pom.xml")).text("version");
    return new Release(
        folder, folder.resolve("target/" + Release.NAME + "-" + version + ".jar"), libraries());
  }

  List<Library> libraries() {
    return Library.of(classPath("classpath.txt"));
  }

  /** With the script languages and what stands for Fiji. */
  List<Path> testClassPath() {
    final List<Path> all = classPath("test-classpath.txt");
    all.add(folder.resolve("target/test-classes"));
    return all;
  }

  private List<Path> classPath(final String name) {
    final Path file = folder.resolve("target").resolve(name);
    try {
      return Arrays.stream(Files.readString(file).trim().split(File.pathSeparator))
          .map(Path::of)
          .collect(Collectors.toList());
    } catch (final IOException e) {
      throw new InvalidInputException(file + " is missing; build the plugin (mvn package).", e);
    }
  }
}
