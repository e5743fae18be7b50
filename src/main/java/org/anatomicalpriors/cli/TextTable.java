package org.anatomicalpriors.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.anatomicalpriors.job.ResultTable;

/** A table for the terminal: the first column to the left, the others to the right. */
final class TextTable {

  private static final String GAP = "  ";

  private final String title;
  private final List<String[]> rows = new ArrayList<>();

  TextTable(final ResultTable table) {
    title = table.title();
    final int columns = table.columns().size();
    rows.add(table.columns().toArray(new String[0]));
    for (int r = 0; r < table.rows().size(); r++) {
      final String[] cells = new String[columns];
      for (int c = 0; c < columns; c++) cells[c] = table.text(r, c);
      rows.add(cells);
    }
  }

  void print(final PrintWriter out) {
    if (!title.isEmpty()) out.println(title);
    final int[] widths = new int[rows.get(0).length];
    for (final String[] row : rows)
      for (int c = 0; c < widths.length; c++) widths[c] = Math.max(widths[c], row[c].length());
    for (final String[] row : rows) {
      final StringBuilder line =
          new StringBuilder(row[0]).append(spaces(widths[0] - row[0].length()));
      for (int c = 1; c < widths.length; c++)
        line.append(GAP).append(spaces(widths[c] - row[c].length())).append(row[c]);
      out.println(line.toString().stripTrailing());
    }
    out.flush();
  }

  private static String spaces(final int n) {
    return " ".repeat(n);
  }
}
