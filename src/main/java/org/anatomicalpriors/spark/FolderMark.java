package org.anatomicalpriors.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.anatomicalpriors.files.AtomicFiles;

/** A hidden file in a folder for as long as work is going on there. */
final class FolderMark implements AutoCloseable {

  private final Path folder;
  private final Path path;

  /**
   * @throws UncheckedIOException if it cannot be written
   */
  FolderMark(final Path folder) {
    this.folder = folder;
    path = make();
  }

  private Path make() {
    try {
      return Files.createTempFile(folder.toAbsolutePath(), ".spark-", ".tmp");
    } catch (final IOException e) {
      throw AtomicFiles.unwritable(folder, e);
    }
  }

  Path path() {
    return path;
  }

  /** Changes the folder, so that a network drive tells anew what others have put there. */
  void refresh() {
    delete(make());
  }

  @Override
  public void close() {
    delete(path);
  }

  private static void delete(final Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (final IOException e) {
      file.toFile().deleteOnExit(); // An empty hidden file does no harm.
    }
  }
}
