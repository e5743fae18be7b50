package org.anatomicalpriors.command;

import ij.measure.ResultsTable;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.job.ResultTable;

/** Tables as ImageJ shows them. */
final class Tables {

  private Tables() {}

  /**
   * @param show whether to open a window with it
   */
  static ResultsTable of(final ResultTable table, final boolean show) {
    final ResultsTable results = new ResultsTable();
    for (final List<Object> row : table.rows()) {
      results.incrementCounter();
      for (int c = 0; c < row.size(); c++) {
        final String column = table.columns().get(c);
        if (row.get(c) instanceof Number)
          results.addValue(column, ((Number) row.get(c)).doubleValue());
        else results.addValue(column, String.valueOf(row.get(c)));
      }
    }
    for (int c = 0; c < table.columns().size(); c++)
      if (holdsReals(table, c))
        results.setDecimalPlaces(results.getColumnIndex(table.columns().get(c)), table.decimals(c));
    if (show) results.show(table.title());
    return results;
  }

  private static boolean holdsReals(final ResultTable table, final int column) {
    return table.rows().stream().anyMatch(row -> row.get(column) instanceof Double);
  }

  /** Messages and tables as one text. */
  static String text(final JobResult result) {
    final StringBuilder text = new StringBuilder(String.join("\n", result.messages()));
    for (final ResultTable table : result.tables()) {
      if (text.length() > 0) text.append("\n\n");
      text.append(table.title()).append('\n').append(String.join("\t", table.columns()));
      for (int r = 0; r < table.rows().size(); r++) text.append('\n').append(row(table, r));
    }
    return text.toString();
  }

  private static String row(final ResultTable table, final int row) {
    return IntStream.range(0, table.columns().size())
        .mapToObj(column -> table.text(row, column))
        .collect(Collectors.joining("\t"));
  }
}
