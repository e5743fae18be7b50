package org.anatomicalpriors.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.files.AtomicFiles;
import org.anatomicalpriors.files.Sha256;
import org.anatomicalpriors.files.UserCache;

/**
 * Models that come with the plugin and are given by name where others are given by file. They are
 * unpacked once, into the user's cache folder.
 */
public final class ReadyModels {

  /** Names of the models. */
  public static final List<String> NAMES = List.of("brain");

  private static final int HASH_LETTERS = 12;

  private ReadyModels() {}

  /**
   * The file of a model: the file that was given or, where there is none and a ready model is
   * called so, that model's.
   *
   * @param given null gives null
   * @throws InvalidInputException if a ready model was named and cannot be unpacked
   */
  public static Path find(final Path given) {
    if (given == null || Files.isRegularFile(given) || !NAMES.contains(given.toString()))
      return given;
    final byte[] model = read(given.toString());
    final Path file =
        UserCache.folder()
            .resolve("models")
            .resolve(Sha256.of(model).substring(0, HASH_LETTERS))
            .resolve(given + ".zip");
    try {
      if (!Files.isRegularFile(file) || Files.size(file) != model.length) unpack(model, file);
      return file;
    } catch (final IOException | UncheckedIOException e) {
      throw new InvalidInputException(
          "The model "
              + given
              + " could not be unpacked to "
              + file
              + " ("
              + e.getMessage()
              + "); set "
              + UserCache.VARIABLE
              + " to a folder that you may write to.",
          e);
    }
  }

  private static void unpack(final byte[] model, final Path file) throws IOException {
    Files.createDirectories(file.getParent());
    AtomicFiles.write(file, out -> out.write(model));
  }

  private static byte[] read(final String name) {
    final String resource = "/org/anatomicalpriors/models/" + name + ".zip";
    try (InputStream in = ReadyModels.class.getResourceAsStream(resource)) {
      return in.readAllBytes();
    } catch (final IOException e) {
      throw new UncheckedIOException(resource + " could not be read; install the plugin anew.", e);
    }
  }
}
