package org.anatomicalpriors.workflow;

import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.anatomicalpriors.evaluation.EvaluationReport;
import org.anatomicalpriors.evaluation.Measure;
import org.anatomicalpriors.job.ResultTable;

/** An evaluation for reading: a row per label, means over the files, and a last row of means. */
final class ScoreTable {

  private ScoreTable() {}

  /**
   * @param report on at least one file
   */
  static ResultTable of(final EvaluationReport report) {
    final String unit = report.files().get(0).unit();
    final ResultTable table =
        new ResultTable(
                report.files().size() == 1
                    ? report.files().get(0).file()
                    : "Mean over " + report.files().size() + " files",
                "label",
                "Dice",
                "HD95 [" + unit + "]",
                "ASD [" + unit + "]",
                "volume difference [" + unit + "^3]",
                "[%]")
            .decimals(0, 3, 2, 2, 1, 1);
    for (final Map.Entry<Integer, String> l : report.labelNames().entrySet()) {
      final String id = l.getKey().toString();
      final String name = id.equals(l.getValue()) ? id : id + " " + l.getValue();
      row(table, name, m -> report.overFiles(l.getKey(), m).mean());
    }
    row(table, "mean", m -> report.overFiles(m).mean());
    return table;
  }

  private static void row(
      final ResultTable table, final String name, final ToDoubleFunction<Measure> of) {
    table.row(
        name,
        of.applyAsDouble(Measure.DICE),
        of.applyAsDouble(Measure.HAUSDORFF_95),
        of.applyAsDouble(Measure.SURFACE_DISTANCE),
        of.applyAsDouble(Measure.VOLUME_DIFFERENCE),
        of.applyAsDouble(Measure.VOLUME_DIFFERENCE_PERCENT));
  }
}
