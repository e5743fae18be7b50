package org.anatomicalpriors.picture;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lays tiles out in rows and columns, with title, headers, captions and a legend. */
final class Sheet {

  private static final int TITLE_HEIGHT = 32;
  private static final int HEADER_HEIGHT = 24;
  private static final int CAPTION_HEIGHT = 18;
  private static final int LETTER_INSET = 4;

  private final String title;
  private final List<String> columnHeaders;
  private final List<String> rowHeaders = new ArrayList<>();
  private final List<List<Tile>> rows = new ArrayList<>();

  Sheet(final String title, final List<String> columnHeaders) {
    this.title = title;
    this.columnHeaders = columnHeaders;
  }

  void addRow(final String header, final List<Tile> tiles) {
    rowHeaders.add(header);
    rows.add(List.copyOf(tiles));
  }

  BufferedImage render(final Map<String, Integer> legendEntries) {
    final FontMetrics small = metrics(SheetStyle.SMALL);
    final int[] widths = columnWidths(small);
    final int left = SheetStyle.MARGIN + rowHeaderWidth();
    int right = left - SheetStyle.GAP;
    for (final int width : widths) right += width + SheetStyle.GAP;
    right = Math.max(right, SheetStyle.MARGIN + metrics(SheetStyle.TITLE).stringWidth(title));
    final int width = right + SheetStyle.MARGIN;
    final Legend legend = new Legend(legendEntries, small, right - SheetStyle.MARGIN);
    int tilesTop = SheetStyle.MARGIN + (title.isEmpty() ? 0 : TITLE_HEIGHT);
    if (!columnHeaders.isEmpty()) tilesTop += HEADER_HEIGHT;
    int bottom = tilesTop;
    for (final List<Tile> row : rows) bottom += rowHeight(row);
    final int legendGap = legend.height() > 0 ? SheetStyle.GAP : 0;
    final int height = bottom + legendGap + legend.height() + SheetStyle.MARGIN;

    final BufferedImage sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    final Graphics2D g = sheet.createGraphics();
    try {
      SheetStyle.smoothText(g);
      g.setColor(SheetStyle.BACKGROUND);
      g.fillRect(0, 0, width, height);
      drawText(g, title, SheetStyle.TITLE, SheetStyle.TEXT, SheetStyle.MARGIN, 30);
      int x = left;
      for (int c = 0; c < columnHeaders.size(); c++) {
        drawCentred(g, columnHeaders.get(c), SheetStyle.HEADER, x, widths[c], tilesTop - 8);
        x += widths[c] + SheetStyle.GAP;
      }
      int y = tilesTop;
      for (int r = 0; r < rows.size(); r++) {
        drawRow(g, r, left, y, widths);
        y += rowHeight(rows.get(r));
      }
      legend.draw(g, SheetStyle.MARGIN, bottom + legendGap);
    } finally {
      g.dispose();
    }
    return sheet;
  }

  private void drawRow(
      final Graphics2D g, final int r, final int left, final int top, final int[] widths) {
    final int height = pictureHeight(rows.get(r));
    drawText(
        g,
        rowHeaders.get(r),
        SheetStyle.HEADER,
        SheetStyle.TEXT,
        SheetStyle.MARGIN,
        top + height / 2 + 5);
    int x = left;
    for (int c = 0; c < rows.get(r).size(); c++) {
      final Tile tile = rows.get(r).get(c);
      final int px = x + (widths[c] - tile.picture.getWidth()) / 2;
      final int py = top + (height - tile.picture.getHeight()) / 2;
      g.drawImage(tile.picture, px, py, null);
      drawLetters(g, tile, px, py);
      g.setColor(SheetStyle.MUTED);
      drawCentred(g, tile.caption, SheetStyle.SMALL, x, widths[c], top + height + 14);
      x += widths[c] + SheetStyle.GAP;
    }
  }

  private static void drawLetters(final Graphics2D g, final Tile tile, final int x, final int y) {
    final int baseline = y + tile.picture.getHeight() / 2 + 4;
    final int width = g.getFontMetrics(SheetStyle.SMALL).stringWidth(tile.rightLetter);
    drawText(g, tile.leftLetter, SheetStyle.SMALL, SheetStyle.TEXT, x + LETTER_INSET, baseline);
    drawText(
        g,
        tile.rightLetter,
        SheetStyle.SMALL,
        SheetStyle.TEXT,
        x + tile.picture.getWidth() - width - LETTER_INSET,
        baseline);
  }

  private int[] columnWidths(final FontMetrics small) {
    int columns = columnHeaders.size();
    for (final List<Tile> row : rows) columns = Math.max(columns, row.size());
    final int[] widths = new int[columns];
    final FontMetrics header = metrics(SheetStyle.HEADER);
    for (int c = 0; c < columnHeaders.size(); c++)
      widths[c] = header.stringWidth(columnHeaders.get(c));
    for (final List<Tile> row : rows)
      for (int c = 0; c < row.size(); c++) {
        final Tile tile = row.get(c);
        widths[c] = Math.max(widths[c], tile.picture.getWidth());
        widths[c] = Math.max(widths[c], small.stringWidth(tile.caption));
      }
    return widths;
  }

  private int rowHeaderWidth() {
    int widest = 0;
    for (final String header : rowHeaders)
      widest = Math.max(widest, metrics(SheetStyle.HEADER).stringWidth(header));
    return widest == 0 ? 0 : widest + SheetStyle.MARGIN;
  }

  private static int rowHeight(final List<Tile> row) {
    final boolean captions = row.stream().anyMatch(t -> !t.caption.isEmpty());
    return pictureHeight(row) + (captions ? CAPTION_HEIGHT : 0) + SheetStyle.GAP;
  }

  private static int pictureHeight(final List<Tile> row) {
    return row.stream().mapToInt(t -> t.picture.getHeight()).max().orElse(0);
  }

  private static void drawCentred(
      final Graphics2D g,
      final String text,
      final Font font,
      final int x,
      final int width,
      final int baseline) {
    final int indent = (width - g.getFontMetrics(font).stringWidth(text)) / 2;
    drawText(g, text, font, SheetStyle.TEXT, x + indent, baseline);
  }

  private static void drawText(
      final Graphics2D g,
      final String text,
      final Font font,
      final Color colour,
      final int x,
      final int baseline) {
    g.setFont(font);
    g.setColor(colour);
    g.drawString(text, x, baseline);
  }

  private static FontMetrics metrics(final Font font) {
    final Graphics2D g = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    try {
      return g.getFontMetrics(font);
    } finally {
      g.dispose();
    }
  }
}
