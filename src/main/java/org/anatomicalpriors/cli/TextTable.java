package org.anatomicalpriors.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table for the terminal: the first column to the left, the others to the right. */
final class TextTable {

  private static final String GAP = "  ";

  private final List<String[]> rows = new ArrayList<>();

  TextTable(final String... header) {
    rows.add(header);
  }

  TextTable row(final String... cells) {
    rows.add(cells);
    return this;
  }

  /** A figure with so many decimals; a dash where there is none. */
  static String figure(final double value, final int decimals) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  void print(final PrintWriter out) {
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
