package org.anatomicalpriors.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A table of results: named columns, rows of texts and numbers. */
public final class ResultTable {

  private final String title;
  private final List<String> columns;
  private final List<List<Object>> rows = new ArrayList<>();

  public ResultTable(final String title, final String... columns) {
    this.title = title;
    this.columns = Collections.unmodifiableList(Arrays.asList(columns.clone()));
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
}
