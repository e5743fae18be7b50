package org.anatomicalpriors.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.anatomicalpriors.Excerpt;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.io.ChannelFiles;
import org.anatomicalpriors.settings.Setting;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/**
 * A list of images in a file: a table ({@code .csv}) whose header row has {@code image} and may
 * have {@code mask} and {@code channels} (several joined by a semicolon), or a text ({@code .txt})
 * with one image on each line. Paths are relative to the file's folder.
 */
final class Manifest {

  private static final String COLUMNS = "image, mask and channels";
  private static final String IMAGE = "image";
  private static final String MASK = "mask";
  private static final String CHANNELS = "channels";
  private static final CSVFormat TABLE =
      CSVFormat.DEFAULT
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreHeaderCase(true)
          .setIgnoreSurroundingSpaces(true)
          .setIgnoreEmptyLines(true)
          .setAllowMissingColumnNames(true)
          .setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_EMPTY)
          .get();

  private final Path file;

  private Manifest(final Path file) {
    this.file = file;
  }

  /** Whether a file that was given is one, by its ending. */
  static boolean is(final Path file) {
    return isTable(file) || lower(file).endsWith(".txt");
  }

  private static boolean isTable(final Path file) {
    return lower(file).endsWith(".csv");
  }

  private static String lower(final Path file) {
    return file.toString().toLowerCase(Locale.ROOT);
  }

  /**
   * The images listed, each of which is there.
   *
   * @throws InvalidInputException if it cannot be read, lists none, or one that is not there
   */
  static List<BatchInput> read(final Path file) {
    final Manifest manifest = new Manifest(file);
    final List<BatchInput> inputs;
    try {
      inputs = isTable(file) ? manifest.rows() : manifest.lines();
    } catch (final IOException | UncheckedIOException | IllegalArgumentException e) {
      throw new InvalidInputException(
          "The manifest "
              + file
              + " could not be read ("
              + Excerpt.of(String.valueOf(e.getMessage()))
              + "); give a table (.csv) with the columns "
              + COLUMNS
              + ", or a text (.txt) with one image on each line.",
          e);
    }
    if (inputs.isEmpty())
      throw new InvalidInputException(
          "The manifest " + file + " lists no image; list one on each line.");
    return inputs;
  }

  private List<BatchInput> rows() throws IOException {
    final List<BatchInput> inputs = new ArrayList<>();
    try (CSVParser csv = CSVParser.parse(text(), TABLE)) {
      if (!csv.getHeaderMap().containsKey(IMAGE))
        throw new InvalidInputException(
            "The manifest "
                + file
                + " has no column "
                + IMAGE
                + "; its first line has to name its columns, which are "
                + COLUMNS
                + ".");
      for (final CSVRecord row : csv) {
        final String image = cell(row, IMAGE), mask = cell(row, MASK);
        final long line = csv.getCurrentLineNumber();
        final Path found = path(image, line);
        final List<Path> channels = new ArrayList<>();
        for (final String channel : cell(row, CHANNELS).split(Setting.PATH_SEPARATOR))
          if (!channel.isBlank()) channels.add(path(channel, line));
        ChannelFiles.check(found, channels);
        inputs.add(new BatchInput(found, channels, mask.isEmpty() ? null : path(mask, line)));
      }
    }
    return inputs;
  }

  private static String cell(final CSVRecord row, final String column) {
    return row.isSet(column) ? row.get(column).trim() : "";
  }

  private List<BatchInput> lines() throws IOException {
    final List<BatchInput> inputs = new ArrayList<>();
    long line = 0;
    for (final String text : text().split("\\R")) {
      line++;
      if (!text.isBlank()) inputs.add(new BatchInput(path(text, line), List.of(), null));
    }
    return inputs;
  }

  /** Without the mark that some programs put before it. */
  private String text() throws IOException {
    final String text = Files.readString(file);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private Path path(final String text, final long line) {
    try {
      final Path path = file.resolveSibling(text.trim()).normalize();
      if (!text.isBlank() && Files.isRegularFile(path)) return path;
    } catch (final InvalidPathException e) { // told below
    }
    throw new InvalidInputException(
        "Line "
            + line
            + " of the manifest "
            + file
            + " names \""
            + Excerpt.of(text.trim())
            + "\", which is no file; give files by their path from the manifest's folder, or from the root.");
  }
}
