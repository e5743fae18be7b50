package org.anatomicalpriors.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.anatomicalpriors.InvalidInputException;

/** Finds out before the work whether its result can be written. */
public final class OutputPaths {

  private OutputPaths() {}

  /**
   * Checks a file that is to be written.
   *
   * @param ending such as {@code .zip}
   * @throws InvalidInputException if its folder is missing or protected, or the name ends otherwise
   */
  static Path file(final Path file, final String ending) {
    if (!file.toString().toLowerCase(Locale.ROOT).endsWith(ending))
      throw new InvalidInputException(
          "The result " + file + " must have a name that ends with " + ending + ".");
    if (Files.isDirectory(file))
      throw new InvalidInputException(file + " is a folder; give the name of a file.");
    final Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder))
      throw new InvalidInputException(
          "The folder of " + file + " does not exist; create it or choose another one.");
    return writable(folder, file);
  }

  /**
   * Makes a folder for results if it is not there.
   *
   * @throws InvalidInputException if that is not possible or it is protected
   */
  public static Path folder(final Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (final IOException e) {
      throw new InvalidInputException(
          "The folder " + folder + " cannot be made; choose another one.", e);
    }
    return writable(folder, folder);
  }

  /** By trying: permissions do not tell of disks that are mounted for reading alone. */
  private static Path writable(final Path folder, final Path result) {
    try {
      Files.delete(Files.createTempFile(folder, ".", ".tmp"));
      return result;
    } catch (final IOException e) {
      throw new InvalidInputException(
          "Nothing may be written to the folder " + folder + "; choose another one.", e);
    }
  }
}
