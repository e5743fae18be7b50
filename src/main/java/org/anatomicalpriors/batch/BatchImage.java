package org.anatomicalpriors.batch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.io.ChannelFiles;
import org.anatomicalpriors.io.Companions;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.output.InputFile;
import org.anatomicalpriors.output.ResultPaths;

/** A file to segment and where its results go. */
final class BatchImage {

  private final Path file;
  private final List<Path> channels;
  private final Path mask;
  private final ResultPaths results;

  private BatchImage(
      final Path file, final List<Path> channels, final Path mask, final ResultPaths results) {
    this.file = file;
    this.channels = channels;
    this.mask = mask;
    this.results = results;
  }

  Path file() {
    return file;
  }

  /** Files of its other channels. */
  List<Path> channels() {
    return channels;
  }

  /** File of its mask, or null if it has none. */
  Path mask() {
    return mask;
  }

  /** What it is segmented from, as it is now. */
  InputFile input() {
    return InputFile.of(file, channels, mask);
  }

  ResultPaths results() {
    return results;
  }

  String name() {
    return results.name();
  }

  /**
   * Gives every file a name of its own: its base name, or if two share that, as many of its folders
   * before it as are needed to tell all apart, joined by {@code _}. Results of other files given,
   * where they lie in the results' folder, are left out.
   *
   * @param channels files or folders of other channels, see {@link ChannelFiles}
   * @param mask file or folder of masks, or null
   * @throws InvalidInputException if two files differ in nothing but upper and lower case or the
   *     ending
   */
  static List<BatchImage> of(
      final List<Path> files, final List<Path> channels, final Path mask, final Path folder) {
    final List<Path> all = withoutResults(files, folder);
    final Companions masks = Companions.of(Companions.Kind.MASK, mask, all);
    final ChannelFiles others = ChannelFiles.of(channels, all);
    final Map<Path, Path> seen = new HashMap<>();
    for (final Path file : all) {
      final Path full = file.toAbsolutePath().normalize();
      final Path other = seen.put(Path.of(lower(full.resolveSibling(Images.baseName(file)))), file);
      if (other != null) throw clash(other, file);
    }
    for (int folders = 0; ; folders++) {
      final List<String> names = new ArrayList<>();
      for (final Path file : all) names.add(name(file, folders));
      final Map<String, Path> byName = new HashMap<>();
      Path one = null, two = null;
      for (int i = 0; i < names.size() && two == null; i++) {
        one = byName.put(names.get(i).toLowerCase(Locale.ROOT), all.get(i));
        if (one != null) two = all.get(i);
      }
      if (two == null) return named(all, names, others, masks, folder);
      if (folders > Math.max(depth(one), depth(two))) throw clash(one, two);
    }
  }

  private static List<BatchImage> named(
      final List<Path> files,
      final List<String> names,
      final ChannelFiles channels,
      final Companions masks,
      final Path folder) {
    final List<BatchImage> images = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      final Path file = files.get(i);
      images.add(
          new BatchImage(
              file, channels.of(file), masks.of(file), new ResultPaths(folder, names.get(i))));
    }
    return images;
  }

  private static List<Path> withoutResults(final List<Path> files, final Path folder) {
    final Path results = folder.toAbsolutePath().normalize();
    final Set<String> names = files.stream().map(Images::baseName).collect(Collectors.toSet());
    return files.stream()
        .filter(
            f ->
                !results.equals(f.toAbsolutePath().normalize().getParent())
                    || ResultPaths.of(f).filter(r -> names.contains(r.name())).isEmpty())
        .collect(Collectors.toList());
  }

  private static String name(final Path file, final int folders) {
    final StringBuilder name = new StringBuilder(Images.baseName(file));
    Path parent = file.toAbsolutePath().normalize().getParent();
    for (int i = 0; i < folders && parent != null; i++, parent = parent.getParent())
      if (parent.getFileName() != null) name.insert(0, parent.getFileName() + "_");
    return name.toString();
  }

  private static int depth(final Path file) {
    return file.toAbsolutePath().normalize().getNameCount();
  }

  private static String lower(final Path file) {
    return file.toString().toLowerCase(Locale.ROOT);
  }

  private static InvalidInputException clash(final Path one, final Path two) {
    return new InvalidInputException(
        one
            + " and "
            + two
            + " would write results of the same name; give one of them another name, or segment them into two folders.");
  }
}
