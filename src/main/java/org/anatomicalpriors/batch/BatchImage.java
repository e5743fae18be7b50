package org.anatomicalpriors.batch;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.output.InputFile;
import org.anatomicalpriors.output.ResultPaths;

/**
 * A file to segment and where its results go. Can be sent to another process that sees the same
 * files.
 */
public final class BatchImage implements Serializable {

  private static final long serialVersionUID = 1L;

  private final transient BatchInput source;
  private final transient ResultPaths results;

  private BatchImage(final BatchInput source, final ResultPaths results) {
    this.source = source;
    this.results = results;
  }

  Path file() {
    return source.file();
  }

  /** Files of its other channels. */
  List<Path> channels() {
    return source.channels();
  }

  /** File of its mask, or null if it has none. */
  Path mask() {
    return source.mask();
  }

  /** What it is segmented from, as it is now. */
  InputFile input() {
    return InputFile.of(file(), channels(), mask());
  }

  ResultPaths results() {
    return results;
  }

  String name() {
    return results.name();
  }

  /**
   * Gives every image a name of its own: its file's base name, or if two share that, as many of its
   * folders before it as are needed to tell all apart, joined by {@code _}.
   *
   * @throws InvalidInputException if two files differ in nothing but upper and lower case or the
   *     ending
   */
  static List<BatchImage> of(final List<BatchInput> inputs, final Path folder) {
    final List<Path> all = inputs.stream().map(BatchInput::file).collect(Collectors.toList());
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
      if (two == null) return named(inputs, names, folder);
      if (folders > Math.max(depth(one), depth(two))) throw clash(one, two);
    }
  }

  private static List<BatchImage> named(
      final List<BatchInput> inputs, final List<String> names, final Path folder) {
    final List<BatchImage> images = new ArrayList<>();
    for (int i = 0; i < names.size(); i++)
      images.add(new BatchImage(inputs.get(i), new ResultPaths(folder, names.get(i))));
    return images;
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

  /** Paths cannot be sent, texts can. */
  private static final class Texts implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final String[] channels;
    private final String mask;
    private final String folder;
    private final String name;

    Texts(final BatchImage image) {
      file = text(image.file());
      channels = image.channels().stream().map(Texts::text).toArray(String[]::new);
      mask = image.mask() == null ? null : text(image.mask());
      folder = text(image.results.record().toAbsolutePath().getParent());
      name = image.name();
    }

    private static String text(final Path path) {
      return path.toAbsolutePath().toString();
    }

    private Object readResolve() {
      final List<Path> others = Arrays.stream(channels).map(Path::of).collect(Collectors.toList());
      return new BatchImage(
          new BatchInput(Path.of(file), others, mask == null ? null : Path.of(mask)),
          new ResultPaths(Path.of(folder), name));
    }
  }

  private Object writeReplace() {
    return new Texts(this);
  }

  private void readObject(final ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("only its texts are sent");
  }

  private static InvalidInputException clash(final Path one, final Path two) {
    return new InvalidInputException(
        one
            + " and "
            + two
            + " would write results of the same name; give one of them another name, or segment them into two folders.");
  }
}
