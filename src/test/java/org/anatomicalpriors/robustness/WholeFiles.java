package org.anatomicalpriors.robustness;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.anatomicalpriors.files.AtomicFiles;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.io.nifti.NiftiReader;
import org.anatomicalpriors.progress.Progress;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/** Reads every file of a folder that has a final name, to its end. */
final class WholeFiles {

  private WholeFiles() {}

  /**
   * @throws RuntimeException if a file is not whole, naming it
   */
  static void check(final Path folder) throws IOException {
    for (final Path file : finished(folder)) {
      try {
        read(file);
      } catch (final IOException | RuntimeException e) {
        throw new AssertionError(file + " is not whole: " + e.getMessage(), e);
      }
    }
  }

  /** Files with a final name, sorted: neither parts nor what processes agree by. */
  static List<Path> finished(final Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile)
          .filter(f -> AtomicFiles.targetOf(f).isEmpty() && !f.endsWith(".claims"))
          .filter(f -> !f.getFileName().toString().startsWith(".spark-"))
          .sorted()
          .collect(Collectors.toList());
    }
  }

  /** Whoever comes to the end has cleared away what those before left. */
  static void requireNoParts(final Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      final List<Path> parts =
          walk.filter(f -> AtomicFiles.targetOf(f).isPresent()).collect(Collectors.toList());
      if (!parts.isEmpty()) throw new AssertionError(parts + " were left");
    }
  }

  private static void read(final Path file) throws IOException {
    final String name = file.getFileName().toString();
    if (name.endsWith(".zip")) readModel(file);
    else if (name.endsWith(".nii.gz")) NiftiReader.read(file, Progress.NONE);
    else if (name.endsWith(".json")) JsonParser.parseString(Files.readString(file));
    else if (name.endsWith(".png")) requirePicture(file);
    else if (name.endsWith(".csv")) readTable(file);
    else if (!name.endsWith(".checkpoint"))
      throw new IOException("nobody knows what it is"); // the next run reads checkpoints
  }

  private static void readModel(final Path file) throws IOException {
    ModelBundle.describe(file);
    Digests.ofModel(file);
  }

  private static void requirePicture(final Path file) throws IOException {
    if (ImageIO.read(file.toFile()) == null) throw new IOException("no picture");
  }

  private static void readTable(final Path file) throws IOException {
    final CSVFormat format =
        CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(Files.newBufferedReader(file), format)) {
      final int columns = parser.getHeaderNames().size();
      parser.forEach(
          row -> {
            if (row.size() != columns)
              throw new UncheckedIOException(
                  new IOException("line " + parser.getCurrentLineNumber() + " is not whole"));
          });
    }
  }
}
