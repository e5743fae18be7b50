package org.anatomicalpriors.updatesite;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.anatomicalpriors.InvalidInputException;

/** A jar of the plugin's class path, in Maven's local repository. */
public final class Library {

  /** Images, windows and services pass between the plugin and Fiji in these: only Fiji's count. */
  private static final Set<String> FIJIS = Set.of("ij", "imglib2", "scijava-common", "parsington");

  private static final String NATIVES = "tensorflow-core-native";

  public final Path jar;

  private Library(final Path jar) {
    this.jar = jar;
  }

  /**
   * @param jars files or folders; folders are left out
   * @throws InvalidInputException if a jar is missing
   */
  public static List<Library> of(final List<Path> jars) {
    final List<Library> libraries = new ArrayList<>();
    for (final Path jar : jars) {
      if (!jar.toString().endsWith(".jar")) continue;
      if (!Files.isRegularFile(jar))
        throw new InvalidInputException(
            jar + " is missing, which the plugin needs; build the plugin anew (mvn package).");
      libraries.add(new Library(jar));
    }
    return libraries;
  }

  public String name() {
    return jar.getFileName().toString();
  }

  String artifact() {
    return SitePath.artifact(name());
  }

  /** Whether Fiji's own copy is used. */
  public boolean isFijis() {
    return FIJIS.contains(artifact());
  }

  /** TensorFlow's native library, for one platform. */
  public boolean isNative() {
    return artifact().startsWith(NATIVES + "-");
  }

  /** Loaded apart from Fiji's class path. */
  public boolean isIsolated() {
    return !isFijis() && !isNative();
  }

  /** Builds of the native library for other platforms that Maven has fetched already, and this. */
  List<Library> siblings() {
    final List<Library> found = new ArrayList<>();
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(jar.getParent(), NATIVES + "-*.jar")) {
      jars.forEach(j -> found.add(new Library(j)));
    } catch (final IOException e) {
      throw new InvalidInputException(jar.getParent() + " cannot be listed (" + e + ").", e);
    }
    return found.stream()
        .filter(l -> Platform.of(l.name()).isPresent())
        .sorted((a, b) -> a.name().compareTo(b.name()))
        .collect(Collectors.toList());
  }

  /** Maven's description of the library, beside its jar. */
  Optional<Path> pom() {
    try (DirectoryStream<Path> poms = Files.newDirectoryStream(jar.getParent(), "*.pom")) {
      final Path[] all =
          Arrays.stream(listed(poms)).filter(Files::isRegularFile).toArray(Path[]::new);
      return all.length == 1 ? Optional.of(all[0]) : Optional.empty();
    } catch (final IOException e) {
      return Optional.empty();
    }
  }

  private static Path[] listed(final DirectoryStream<Path> stream) {
    final List<Path> all = new ArrayList<>();
    stream.forEach(all::add);
    return all.toArray(new Path[0]);
  }
}
