package org.anatomicalpriors.batch;

import java.io.File;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.anatomicalpriors.files.AtomicFiles;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * The files of a results' folder that could not be segmented, with a sentence for each ({@code
 * failed.csv}); not there if there are none. What other processes wrote about other files is kept.
 */
final class FailedTable {

  static final String FILE = "failed.csv";
  private static final CSVFormat CSV = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

  private final Path file;

  FailedTable(final Path folder) {
    file = folder.resolve(FILE);
  }

  /**
   * Brings the table up to date.
   *
   * @param outcomes of files: why it failed, or null if it did not
   * @throws UncheckedIOException if that fails
   */
  void write(final Map<Path, Throwable> outcomes) {
    final Map<String, String> old = read();
    final Map<String, String> rows = new TreeMap<>(old);
    rows.keySet().removeIf(f -> !new File(f).exists());
    outcomes.forEach(
        (f, failure) -> {
          final String path = f.toAbsolutePath().normalize().toString();
          if (failure == null) rows.remove(path);
          else rows.put(path, FailureSentence.of(failure));
        });
    if (rows.equals(old)) return;
    if (rows.isEmpty()) delete();
    else
      AtomicFiles.write(
          file, out -> print(rows, new OutputStreamWriter(out, StandardCharsets.UTF_8)));
  }

  private static void print(final Map<String, String> rows, final Writer out) throws IOException {
    final CSVPrinter csv = new CSVPrinter(out, CSV);
    csv.printRecord("file", "sentence");
    for (final Map.Entry<String, String> row : rows.entrySet())
      csv.printRecord(row.getKey(), row.getValue());
    csv.flush();
  }

  private Map<String, String> read() {
    final Map<String, String> rows = new TreeMap<>();
    if (Files.isRegularFile(file))
      try (Reader in = Files.newBufferedReader(file);
          CSVParser csv = CSV.parse(in)) {
        for (final CSVRecord row : csv)
          if (row.size() == 2 && row.getRecordNumber() > 1) rows.put(row.get(0), row.get(1));
      } catch (final IOException | RuntimeException e) {
        rows.clear(); // Somebody else's table: it is replaced as soon as there is something to say.
      }
    return rows;
  }

  private void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (final IOException e) {
      throw new UncheckedIOException(
          file + " tells of failures that are past and could not be deleted; delete it.", e);
    }
  }
}
