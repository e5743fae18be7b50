package org.anatomicalpriors.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A table of results: named columns, rows of texts and numbers. */
public final class ResultTable {

  private static final int USUAL_DECIMALS = 4;

  private final String title;
  private final List<String> columns;
  private final List<List<Object>> rows = new ArrayList<>();
  private final int[] decimals;

  public ResultTable(final String title, final String... columns) {
    this.title = title;
    this.columns = Collections.unmodifiableList(Arrays.asList(columns.clone()));
    decimals = new int[columns.length];
    Arrays.fill(decimals, USUAL_DECIMALS);
  }

  /**
   * Adds a row.
   *
   * @param cells a {@link String} or {@link Number} for each column
   * @return this table
   */
  public ResultTable row(final Object... cells) {
    if (cells.length != columns.size())
      throw new IllegalArgumentException(cells.length + " cells for columns " + columns);
    rows.add(Collections.unmodifiableList(Arrays.asList(cells.clone())));
    return this;
  }

  /**
   * Says how precisely to show the real numbers of each column; 4 decimals otherwise.
   *
   * @return this table
   */
  public ResultTable decimals(final int... ofColumns) {
    if (ofColumns.length != decimals.length)
      throw new IllegalArgumentException(ofColumns.length + " decimals for columns " + columns);
    System.arraycopy(ofColumns, 0, decimals, 0, decimals.length);
    return this;
  }

  /** Decimals with which to show the real numbers of a column. */
  public int decimals(final int column) {
    return decimals[column];
  }

  /** A cell as text: real numbers with the column's decimals, a dash where there is no number. */
  public String text(final int row, final int column) {
    final Object cell = rows.get(row).get(column);
    if (!(cell instanceof Double || cell instanceof Float)) return String.valueOf(cell);
    final double value = ((Number) cell).doubleValue();
    return Double.isNaN(value)
        ? "-"
        : String.format(Locale.ROOT, "%." + decimals[column] + "f", value);
  }

  public String title() {
    return title;
  }

  public List<String> columns() {
    return columns;
  }

  public List<List<Object>> rows() {
    return Collections.unmodifiableList(rows);
  }

  /**
   * Cells of one column.
   *
   * @throws IllegalArgumentException if there is no such column
   */
  public List<Object> column(final String name) {
    final int index = columns.indexOf(name);
    if (index < 0) throw new IllegalArgumentException("no column " + name + " in " + columns);
    final List<Object> cells = new ArrayList<>();
    for (final List<Object> row : rows) cells.add(row.get(index));
    return cells;
  }

  /** Columns separated by tabs, the names first. */
  @Override
  public String toString() {
    final StringBuilder text = new StringBuilder(String.join("\t", columns));
    for (final List<Object> row : rows)
      text.append('\n').append(row.stream().map(String::valueOf).collect(Collectors.joining("\t")));
    return text.toString();
  }
}
