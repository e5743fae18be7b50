package org.anatomicalpriors.picture;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.util.Map;

/** Swatches with names, in columns of equal width below a picture. */
final class Legend {

  private static final int SWATCH = 12;
  private static final int ROW_HEIGHT = 19;
  private static final int COLUMN_GAP = 18;

  private final Map<String, Integer> entries;
  private final int columnWidth;
  private final int rows;

  /**
   * @param entries colour (0xRRGGBB) by name, in order
   * @param width room in pixels
   */
  Legend(final Map<String, Integer> entries, final FontMetrics metrics, final int width) {
    this.entries = entries;
    int widest = 0;
    for (final String name : entries.keySet()) widest = Math.max(widest, metrics.stringWidth(name));
    columnWidth = SWATCH + 6 + widest + COLUMN_GAP;
    final int fitting = Math.max(1, (width + COLUMN_GAP) / columnWidth);
    rows = (entries.size() + fitting - 1) / fitting;
  }

  int height() {
    return rows * ROW_HEIGHT;
  }

  /** Draws the legend with its first row's top at {@code y}, filling column by column. */
  void draw(final Graphics2D g, final int x, final int y) {
    g.setFont(SheetStyle.SMALL);
    int i = 0;
    for (final Map.Entry<String, Integer> entry : entries.entrySet()) {
      final int left = x + columnWidth * (i / rows), top = y + ROW_HEIGHT * (i % rows);
      g.setColor(new Color(entry.getValue()));
      g.fillRect(left, top + 2, SWATCH, SWATCH);
      g.setColor(SheetStyle.TEXT);
      g.drawString(entry.getKey(), left + SWATCH + 6, top + SWATCH);
      i++;
    }
  }
}
