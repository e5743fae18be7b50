package org.anatomicalpriors.picture;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;

/** Colours, fonts and distances that all pictures share. */
final class SheetStyle {

  static final Color BACKGROUND = Color.BLACK;
  static final Color TEXT = new Color(0xe8e8e8);
  static final Color MUTED = new Color(0xa0a4a8);
  static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 18);
  static final Font HEADER = new Font(Font.SANS_SERIF, Font.BOLD, 14);
  static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  static final int GAP = 8;
  static final int MARGIN = 14;

  private SheetStyle() {}

  static void smoothText(final Graphics2D g) {
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
  }
}
