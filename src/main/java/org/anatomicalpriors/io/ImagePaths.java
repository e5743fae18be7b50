package org.anatomicalpriors.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anatomicalpriors.InvalidInputException;

/** Which files are images, by the ending of their names. */
final class ImagePaths {

  static final List<String> NIFTI =
      List.of(".nii.gz", ".nii", ".hdr.gz", ".hdr", ".img.gz", ".img");
  static final List<String> TIFF = List.of(".tiff", ".tif");
  static final String ALL = ".nii, .nii.gz, .hdr with .img (also .gz), .tif, .tiff";

  private ImagePaths() {}

  static boolean isNifti(final Path file) {
    return !ending(file, NIFTI).isEmpty();
  }

  static boolean isTiff(final Path file) {
    return !ending(file, TIFF).isEmpty();
  }

  static String baseName(final Path file) {
    final String name = file.getFileName().toString();
    final String image = ending(file, NIFTI) + ending(file, TIFF);
    if (!image.isEmpty()) return name.substring(0, name.length() - image.length());
    final int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  static List<Path> list(final Path fileOrFolder) {
    if (!Files.exists(fileOrFolder))
      throw new InvalidInputException(fileOrFolder + " does not exist; check the path.");
    if (!Files.isDirectory(fileOrFolder)) {
      if (isNifti(fileOrFolder) || isTiff(fileOrFolder)) return List.of(fileOrFolder);
      throw unsupported(fileOrFolder);
    }
    final List<Path> found;
    try (Stream<Path> files = Files.list(fileOrFolder)) {
      found =
          files
              .filter(Files::isRegularFile)
              .filter(f -> !f.getFileName().toString().startsWith(".")) // also "._" of macOS
              .filter(f -> isNifti(f) || isTiff(f))
              .filter(f -> !isSecondOfPair(f))
              .sorted(Comparator.comparing(f -> f.getFileName().toString()))
              .collect(Collectors.toList());
    } catch (final IOException e) {
      throw new InvalidInputException(
          fileOrFolder + " could not be listed (" + e.getMessage() + "); check the folder.", e);
    }
    if (found.isEmpty())
      throw new InvalidInputException(
          "The folder "
              + fileOrFolder
              + " holds no image; files with these endings are looked for: "
              + ALL
              + ".");
    return found;
  }

  static InvalidInputException unsupported(final Path file) {
    return new InvalidInputException(
        file.getFileName() + " has no ending of a supported image; use one of " + ALL + ".");
  }

  /** True for an {@code .img} whose header lies next to it, and is listed instead. */
  private static boolean isSecondOfPair(final Path file) {
    if (!ending(file, NIFTI).startsWith(".img")) return false;
    for (final String header : List.of(".hdr", ".hdr.gz", ".HDR", ".HDR.GZ"))
      if (Files.exists(file.resolveSibling(baseName(file) + header))) return true;
    return false;
  }

  /** The files that an image consists of: one, or a header and its voxels. */
  static List<Path> parts(final Path file) {
    if (ending(file, NIFTI).startsWith(".hdr"))
      for (final String voxels : List.of(".img", ".img.gz", ".IMG", ".IMG.GZ")) {
        final Path partner = file.resolveSibling(baseName(file) + voxels);
        if (Files.exists(partner)) return List.of(file, partner);
      }
    return List.of(file);
  }

  private static String ending(final Path file, final List<String> endings) {
    final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    for (final String e : endings) if (name.endsWith(e) && name.length() > e.length()) return e;
    return "";
  }
}
