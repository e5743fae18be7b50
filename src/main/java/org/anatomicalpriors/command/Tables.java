package org.anatomicalpriors.command;

import ij.measure.ResultsTable;
import java.util.List;
import org.anatomicalpriors.job.JobResult;
import org.anatomicalpriors.job.ResultTable;

/** Tables as ImageJ shows them. */
final class Tables {

  private static final int DECIMALS = 4;

  private Tables() {}

  /**
   * @param show whether to open a window with it
   */
  static ResultsTable of(final ResultTable table, final boolean show) {
    final ResultsTable results = new ResultsTable();
    results.setPrecision(DECIMALS);
    for (final List<Object> row : table.rows()) {
      results.incrementCounter();
      for (int c = 0; c < row.size(); c++) {
        final String column = table.columns().get(c);
        if (row.get(c) instanceof Number)
          results.addValue(column, ((Number) row.get(c)).doubleValue());
        else results.addValue(column, String.valueOf(row.get(c)));
      }
    }
    if (show) results.show(table.title());
    return results;
  }

  /** Messages and tables as one text. */
  static String text(final JobResult result) {
    final StringBuilder text = new StringBuilder(String.join("\n", result.messages()));
    for (final ResultTable table : result.tables()) {
      if (text.length() > 0) text.append("\n\n");
      text.append(table.title()).append('\n').append(table);
    }
    return text.toString();
  }
}
