package org.anatomicalpriors.io;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.anatomicalpriors.evaluation.EvaluationReport;
import org.anatomicalpriors.evaluation.FileScores;
import org.anatomicalpriors.evaluation.LabelScore;
import org.anatomicalpriors.evaluation.Measure;
import org.anatomicalpriors.files.AtomicFiles;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Writes an evaluation as a table: one row per file and label, with one column for each {@link
 * Measure}, then for more than one file a row {@code mean} and a row {@code sd} per label. The id
 * of a row over all labels is empty and its name {@code all labels}. The last column names the unit
 * of length; volumes are in its cube. What is not defined is empty.
 */
public final class EvaluationCsv {

  private static final String ALL_LABELS = "all labels";

  private EvaluationCsv() {}

  /** Writes the table, replacing the file if there is one. */
  public static void write(final EvaluationReport report, final Path file) {
    AtomicFiles.write(
        file,
        stream -> {
          final Writer out = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
          write(report, out);
          out.flush();
        });
  }

  /** Writes the table to a stream, which stays open. */
  public static void write(final EvaluationReport report, final Appendable out) throws IOException {
    final CSVPrinter csv =
        new CSVPrinter(out, CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get());
    csv.printRecord(header());
    for (final FileScores file : report.files()) {
      for (final LabelScore label : file.labels())
        row(csv, file.file(), label.id(), label.name(), label::get, file.unit());
      row(csv, file.file(), "", ALL_LABELS, m -> file.overLabels(m).mean(), file.unit());
    }
    if (report.files().size() > 1) {
      final String unit = commonUnit(report);
      for (final Map.Entry<Integer, String> l : report.labelNames().entrySet()) {
        final int id = l.getKey();
        row(csv, "mean", id, l.getValue(), m -> report.overFiles(id, m).mean(), unit);
        row(csv, "sd", id, l.getValue(), m -> report.overFiles(id, m).sd(), unit);
      }
      row(csv, "mean", "", ALL_LABELS, m -> report.overFiles(m).mean(), unit);
      row(csv, "sd", "", ALL_LABELS, m -> report.overFiles(m).sd(), unit);
    }
    csv.flush();
  }

  private static List<String> header() {
    final List<String> header = new ArrayList<>(List.of("file", "id", "name"));
    for (final Measure measure : Measure.values()) header.add(measure.column());
    header.add("unit");
    return header;
  }

  private static void row(
      final CSVPrinter csv,
      final String file,
      final Object id,
      final String name,
      final ToDoubleFunction<Measure> values,
      final String unit)
      throws IOException {
    final List<Object> row = new ArrayList<>(List.of(file, id, name));
    for (final Measure measure : Measure.values()) {
      final double value = values.applyAsDouble(measure);
      row.add(Double.isNaN(value) ? "" : (Object) (float) value);
    }
    row.add(unit);
    csv.printRecord(row);
  }

  private static String commonUnit(final EvaluationReport report) {
    final String unit = report.files().get(0).unit();
    return report.files().stream().allMatch(f -> f.unit().equals(unit)) ? unit : "";
  }
}
