package org.anatomicalpriors.tensorflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder for files that TensorFlow must find on disk, deleted with its content on closing. */
public final class TemporaryFolder implements AutoCloseable {

  private final Path path;

  /**
   * @param contents relative paths of what will be put into it, folders before what they hold; they
   *     are deleted at the end of the process if nobody closes this
   */
  public TemporaryFolder(final String... contents) {
    try {
      path = Files.createTempDirectory("anatomical-priors-");
    } catch (final IOException e) {
      throw new UncheckedIOException(
          "No temporary folder could be made in "
              + System.getProperty("java.io.tmpdir")
              + "; free some space or set java.io.tmpdir to a folder that can be written.",
          e);
    }
    // After all shutdown hooks, in reverse order: work that is still winding down has its files.
    path.toFile().deleteOnExit();
    for (final String c : contents) path.resolve(c).toFile().deleteOnExit();
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() {
    delete(path);
  }

  /** Deletes a folder with its content, as far as that is possible. */
  static void delete(final Path path) {
    if (!Files.exists(path)) return;
    final List<Path> all;
    try (Stream<Path> walk = Files.walk(path)) {
      all = walk.sorted(Comparator.reverseOrder()).collect(Collectors.toList());
    } catch (final IOException e) {
      return; // Somebody else deletes it; there is nothing left to do.
    }
    for (final Path p : all) p.toFile().delete();
  }
}
