package org.anatomicalpriors.updatesite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anatomicalpriors.InvalidInputException;

/** Folders that are made whole or not at all. */
final class Folders {

  /** Fills a folder. */
  interface Filling {
    void accept(Path folder) throws IOException;
  }

  private Folders() {}

  /**
   * Makes a folder under a temporary name beside the target, then moves it there.
   *
   * @throws InvalidInputException if the target has something in it
   */
  static void make(final Path target, final Filling filling) throws IOException {
    final Path folder = target.toAbsolutePath().normalize();
    requireEmpty(folder);
    Files.createDirectories(folder.getParent());
    final Path temporary =
        Files.createTempDirectory(folder.getParent(), "." + folder.getFileName() + ".part");
    try {
      filling.accept(Files.createDirectory(temporary.resolve("site")));
      Files.deleteIfExists(folder);
      Files.move(temporary.resolve("site"), folder);
    } finally {
      delete(temporary);
    }
  }

  /**
   * @throws InvalidInputException if it is a file or has something in it
   */
  static void requireEmpty(final Path folder) throws IOException {
    if (!Files.exists(folder)) return;
    try (Stream<Path> content =
        Files.isDirectory(folder) ? Files.list(folder) : Stream.of(folder)) {
      if (content.findAny().isPresent())
        throw new InvalidInputException(
            folder + " is there already; give a new or an empty folder for the update site.");
    }
  }

  /** All files below a folder, as paths relative to it with slashes, in order. */
  static List<String> files(final Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile)
          .map(f -> folder.relativize(f).toString().replace('\\', '/'))
          .sorted()
          .collect(Collectors.toList());
    }
  }

  static void delete(final Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.sorted(Comparator.reverseOrder())
          .forEach(
              f -> {
                try {
                  Files.delete(f);
                } catch (final IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
