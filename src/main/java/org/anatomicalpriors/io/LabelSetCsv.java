package org.anatomicalpriors.io;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.anatomicalpriors.Excerpt;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.files.AtomicFiles;
import org.anatomicalpriors.labels.Label;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.labels.Palette;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.DuplicateHeaderMode;

/**
 * Label sets as CSV tables with a header row. Columns, in any order and case:
 *
 * <ul>
 *   <li>{@code id}: the label's value in label maps
 *   <li>{@code name} (or {@code structure})
 *   <li>{@code color}: #RRGGBB; otherwise a distinct, stable colour
 *   <li>{@code merge} (or a name that starts with {@code merge} or {@code source}): further ids
 *       that become this label, separated by spaces or semicolons
 *   <li>{@code group}: labels of one group share one intensity distribution; otherwise each its
 *       own, but left and right together
 *   <li>{@code mirror}: id of the structure on the other side; without this column, names that
 *       differ in "left" and "right" only belong together
 * </ul>
 *
 * Only {@code id} and {@code name} must be there. A missing background row (id 0) is added.
 */
public final class LabelSetCsv {

  /** Names of the label sets that come with the plugin. */
  public static final List<String> BUILT_IN = Collections.singletonList("freesurfer-compact");

  private static final int LONGEST_PATH = 500;

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreHeaderCase(true)
          .setIgnoreSurroundingSpaces(true)
          .setIgnoreEmptyLines(true)
          .setTrim(true)
          .setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_EMPTY)
          .get();

  private LabelSetCsv() {}

  /**
   * A label set by the name of a built-in one ({@link #BUILT_IN}) or the path of a CSV file.
   *
   * @throws InvalidInputException if there is neither, or the file is not a label set
   */
  public static LabelSet open(final String nameOrPath) {
    if (BUILT_IN.contains(nameOrPath)) return builtIn(nameOrPath);
    final Path path = pathOf(nameOrPath);
    if (path == null || !Files.isRegularFile(path))
      throw new InvalidInputException(
          Excerpt.of(nameOrPath, LONGEST_PATH)
              + " is neither a file nor a built-in label set; give a CSV file or one of: "
              + String.join(", ", BUILT_IN)
              + ".");
    return read(path);
  }

  /** Null for what can be no path here, such as "a?b" on Windows. */
  private static Path pathOf(final String text) {
    try {
      return Paths.get(text);
    } catch (final InvalidPathException e) {
      return null;
    }
  }

  /**
   * Reads a CSV file.
   *
   * @throws InvalidInputException naming file and line if it is not a label set
   * @throws UncheckedIOException if the file cannot be read
   */
  public static LabelSet read(final Path file) {
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return read(reader, file.toString());
    } catch (final CharacterCodingException e) {
      throw new InvalidInputException(
          file + " is not a text file in UTF-8; save the label table as CSV in UTF-8.", e);
    } catch (final IOException e) {
      throw new UncheckedIOException("The label table " + file + " cannot be read.", e);
    }
  }

  /** Reads CSV text; {@code name} is what error messages call it. */
  static LabelSet read(final Reader reader, final String name) throws IOException {
    try {
      return new LabelSetTable(name, FORMAT.parse(reader)).toLabelSet();
    } catch (final CSVException | UncheckedIOException | IllegalArgumentException e) {
      // The parser's own complaints: an open quote, two columns of one name.
      if (e.getCause() instanceof CharacterCodingException) throw (IOException) e.getCause();
      throw new InvalidInputException(
          name
              + " is not a readable CSV table ("
              + Excerpt.of(e.getMessage())
              + "); correct the file.",
          e);
    }
  }

  /**
   * Writes a CSV file that {@link #read(Path)} reads back as the same label set.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void write(final LabelSet set, final Path file) {
    AtomicFiles.write(file, out -> out.write(toCsv(set).getBytes(StandardCharsets.UTF_8)));
  }

  private static String toCsv(final LabelSet set) throws IOException {
    final StringWriter text = new StringWriter();
    try (CSVPrinter printer =
        new CSVPrinter(text, CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get())) {
      printer.printRecord(Arrays.asList("id", "name", "color", "merge", "group", "mirror"));
      for (final Label label : set.labels()) {
        final String merge =
            label.sourceIds().stream()
                .filter(id -> id != label.id())
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
        printer.printRecord(
            label.id(),
            label.name(),
            Palette.toHex(label.rgb()),
            merge,
            label.group(),
            label.mirrorId() == label.id() ? "" : String.valueOf(label.mirrorId()));
      }
    }
    return text.toString();
  }

  private static LabelSet builtIn(final String name) {
    try (InputStream stream = LabelSet.class.getResourceAsStream(name + ".csv");
        Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      return read(reader, name);
    } catch (final IOException e) {
      throw new UncheckedIOException("The built-in label set " + name + " cannot be read.", e);
    }
  }
}
