package org.anatomicalpriors.picture;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Draws panels on one grid: the middle slice of each plane, side by side. */
final class PanelPainter {

  private static final int PLANE_GAP = 4;

  private final LabelColours colours;
  private final PictureOptions options;
  private final Set<Integer> drawn = new TreeSet<>();

  PanelPainter(final LabelColours colours, final PictureOptions options) {
    this.colours = colours;
    this.options = options;
  }

  /** Values that the panels so far showed. */
  Set<Integer> drawn() {
    return drawn;
  }

  /** Tiles of panels on one grid, all cut alike; the first one with letters if asked. */
  List<Tile> paint(final List<Panel> panels, final boolean letters) {
    final List<RasImage> maps = new ArrayList<>(), images = new ArrayList<>();
    for (final Panel panel : panels) {
      if (panel.labels() != null) maps.add(panel.labels());
      if (panel.image() != null) images.add(panel.image());
    }
    return paint(panels, new Slicing(maps, images, options.tileSize()), letters);
  }

  /** Tiles of panels on one grid, cut as given; the first one with letters if asked. */
  List<Tile> paint(final List<Panel> panels, final Slicing slicing, final boolean letters) {
    final SlicePainter painter = new SlicePainter(slicing, new LabelPainter(colours, drawn));
    final List<Tile> tiles = new ArrayList<>();
    for (final Panel panel : panels) {
      final List<Plane> planes =
          options.planes(panel.image() == null ? panel.labels() : panel.image());
      final boolean lettered = letters && tiles.isEmpty() && planes.size() == 1;
      tiles.add(
          new Tile(
              picture(panel, planes, slicing, painter),
              panel.caption(),
              lettered ? planes.get(0) : null));
    }
    return tiles;
  }

  private static BufferedImage picture(
      final Panel panel,
      final List<Plane> planes,
      final Slicing slicing,
      final SlicePainter painter) {
    int width = -PLANE_GAP, height = 0;
    for (final Plane plane : planes) {
      width += slicing.width(plane) + PLANE_GAP;
      height = Math.max(height, slicing.height(plane));
    }
    final BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    final Graphics2D g = picture.createGraphics();
    try {
      final GreyWindow window = window(panel, planes, slicing);
      int x = 0;
      for (final Plane plane : planes) {
        g.drawImage(
            painter.paint(panel.image(), window, panel.labels(), plane, slicing.middle(plane)),
            x,
            (height - slicing.height(plane)) / 2,
            null);
        x += slicing.width(plane) + PLANE_GAP;
      }
    } finally {
      g.dispose();
    }
    return picture;
  }

  private static GreyWindow window(
      final Panel panel, final List<Plane> planes, final Slicing slicing) {
    if (panel.image() == null) return null;
    if (panel.hottest() > 0) return GreyWindow.heat(panel.hottest());
    final List<Slice> slices = new ArrayList<>();
    for (final Plane plane : planes)
      slices.add(panel.image().slice(plane, slicing.middle(plane), slicing.shown()));
    return GreyWindow.of(slices);
  }
}
