package org.anatomicalpriors.io.nifti;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.anatomicalpriors.InvalidInputException;

/** Names of the files of one NIfTI image: a single file, or {@code .hdr} and {@code .img}. */
final class NiftiPaths {

  private NiftiPaths() {}

  /** The file that holds the header: the partner of an {@code .img}, else the file itself. */
  static Path header(final Path file) {
    return isImg(file) ? existingPartner(file, ".hdr", "header") : file;
  }

  /** The existing file that holds the voxels of a pair, given its header file. */
  static Path voxels(final Path header) {
    return existingPartner(header, ".img", "voxel file");
  }

  static boolean isPair(final Path file) {
    return isImg(file) || ending(file).startsWith(".hdr");
  }

  /** The name for the other file of a pair that is to be written. */
  static Path partner(final Path file, final String stem) {
    final String name = file.getFileName().toString();
    final String gz = name.toLowerCase(Locale.ROOT).endsWith(".gz") ? ".gz" : "";
    return file.resolveSibling(stem(name) + stem + gz);
  }

  private static boolean isImg(final Path file) {
    return ending(file).startsWith(".img");
  }

  private static Path existingPartner(final Path file, final String ending, final String what) {
    final String stem = stem(file.getFileName().toString());
    final String upper = ending.toUpperCase(Locale.ROOT);
    for (final String e : new String[] {ending, ending + ".gz", upper, upper + ".GZ"}) {
      final Path partner = file.resolveSibling(stem + e);
      if (Files.isRegularFile(partner)) return partner;
    }
    throw new InvalidInputException(
        file.getFileName()
            + " needs its "
            + what
            + " "
            + stem
            + ending
            + " (or "
            + ending
            + ".gz) next to it, which is missing; put both files into one folder.");
  }

  /** The ending in lower case, with {@code .gz} if it has that. */
  private static String ending(final Path file) {
    final String name = file.getFileName().toString();
    return name.substring(stem(name).length()).toLowerCase(Locale.ROOT);
  }

  private static String stem(final String name) {
    final String plain =
        name.toLowerCase(Locale.ROOT).endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    final int dot = plain.lastIndexOf('.');
    return dot < 0 ? plain : plain.substring(0, dot);
  }
}
