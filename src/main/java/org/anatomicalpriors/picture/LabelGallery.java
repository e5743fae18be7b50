package org.anatomicalpriors.picture;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;

/**
 * Many label maps on one grid, such as samples of a prior or a path between two maps: tiles of the
 * middle slices, all cut alike, each with its caption.
 */
public final class LabelGallery {

  private final LabelColours colours;
  private final PictureOptions options;

  public LabelGallery(final LabelColours colours, final PictureOptions options) {
    this.colours = colours;
    this.options = options;
  }

  /**
   * Draws the gallery.
   *
   * @param panels what to show, row by row; all on one grid
   * @param columns tiles in a row
   */
  public BufferedImage render(final List<Panel> panels, final int columns) {
    final PanelPainter painter = new PanelPainter(colours, options);
    final List<Tile> tiles = painter.paint(panels, true);
    final Sheet sheet = new Sheet(options.title(), List.of());
    for (int from = 0; from < tiles.size(); from += columns)
      sheet.addRow("", tiles.subList(from, Math.min(tiles.size(), from + columns)));
    return sheet.render(options.hasLegend() ? colours.legend(painter.drawn()) : Map.of());
  }
}
