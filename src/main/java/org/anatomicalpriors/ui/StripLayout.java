package org.anatomicalpriors.ui;

/** Places strips of one shape, each with a line of text under it, in a column or a row. */
final class StripLayout {

  private final int width;
  private final int height;
  private final int count;
  private final int line;
  private final int gap;
  private boolean column;
  private double stripWidth;
  private double stripHeight;

  /**
   * @param width pixels of the whole
   * @param height pixels of the whole
   * @param line height of a line of text
   * @param gap between strips and around them
   */
  StripLayout(final int width, final int height, final int count, final int line, final int gap) {
    this.width = width;
    this.height = height;
    this.count = count;
    this.line = line;
    this.gap = gap;
  }

  /** By how much strips of this size are to be enlarged to fill the space. */
  double zoom(final double w, final double h) {
    final double inColumn =
        Math.min((width - 2 * gap) / w, ((height - gap) / (double) count - line - gap) / h);
    final double inRow =
        Math.min(((width - gap) / (double) count - gap) / w, (height - 2 * gap - line) / h);
    column = inColumn >= inRow;
    return Math.max(0.1, Math.max(inColumn, inRow));
  }

  /** Places strips of this shape. */
  void place(final double w, final double h) {
    final double zoom = zoom(w, h);
    stripWidth = zoom * w;
    stripHeight = zoom * h;
  }

  int width() {
    return (int) stripWidth;
  }

  int height() {
    return (int) stripHeight;
  }

  /** Pixels that a line of text may take. */
  int room() {
    return column ? width - 2 * gap : width / count - gap;
  }

  int x(final int strip) {
    final double cell = column ? width : (width - gap) / (double) count;
    final double left = column ? 0 : gap / 2.0 + strip * cell;
    return (int) (left + (cell - stripWidth) / 2);
  }

  int y(final int strip) {
    final double cell = stripHeight + line + gap;
    final double all = column ? count * cell - gap : stripHeight + line;
    return (int) ((height - all) / 2 + (column ? strip * cell : 0));
  }
}
