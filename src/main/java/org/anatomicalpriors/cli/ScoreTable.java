package org.anatomicalpriors.cli;

import static org.anatomicalpriors.cli.TextTable.figure;

import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Function;
import org.anatomicalpriors.evaluation.EvaluationReport;
import org.anatomicalpriors.evaluation.Measure;

/**
 * An evaluation on the terminal: a row per label, means over the files, and a last row of means.
 */
final class ScoreTable {

  private ScoreTable() {}

  static void print(final EvaluationReport report, final PrintWriter out) {
    final String unit = report.files().get(0).unit();
    final TextTable table =
        new TextTable(
            "label",
            "Dice",
            "HD95 [" + unit + "]",
            "ASD [" + unit + "]",
            "volume difference [" + unit + "^3]",
            "[%]");
    for (final Map.Entry<Integer, String> l : report.labelNames().entrySet()) {
      final String id = l.getKey().toString();
      final String name = id.equals(l.getValue()) ? id : id + " " + l.getValue();
      row(table, name, m -> report.overFiles(l.getKey(), m).mean());
    }
    row(table, "mean", m -> report.overFiles(m).mean());
    out.println(
        report.files().size() == 1
            ? report.files().get(0).file()
            : "Mean over " + report.files().size() + " files");
    table.print(out);
  }

  private static void row(
      final TextTable table, final String name, final Function<Measure, Double> of) {
    table.row(
        name,
        figure(of.apply(Measure.DICE), 3),
        figure(of.apply(Measure.HAUSDORFF_95), 2),
        figure(of.apply(Measure.SURFACE_DISTANCE), 2),
        figure(of.apply(Measure.VOLUME_DIFFERENCE), 1),
        figure(of.apply(Measure.VOLUME_DIFFERENCE_PERCENT), 1));
  }
}
