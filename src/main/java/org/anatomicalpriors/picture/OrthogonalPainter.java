package org.anatomicalpriors.picture;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.labels.Label;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.space.SpatialImage;

/**
 * Draws three orthogonal slices of a label map with cross-hair, sides of the body, coordinates and
 * a legend. Slices are painted on all cores: it is meant to follow a hand.
 */
public final class OrthogonalPainter {

  private static final Color LINE = new Color(255, 255, 255, 90);
  private static final Color RIM = new Color(0, 0, 0, 110);
  private static final int OPEN = 9; // half width of the cross-hair's open middle, pixels
  private static final int INSET = 6;
  private static final int LINE_HEIGHT = 17;

  private final OrthogonalView view;
  private final LabelColours colours;
  private final Map<String, Integer> legend = new LinkedHashMap<>();

  /**
   * @param labels of the label maps, which hold ids
   */
  public OrthogonalPainter(final OrthogonalView view, final LabelSet labels) {
    this.view = view;
    this.colours = LabelColours.forIds(labels);
    for (final Label l : labels.labels()) if (l.id() != 0) legend.put(l.name(), l.rgb());
  }

  /**
   * Draws the picture.
   *
   * @param labels on the view's grid
   * @param at the voxel through which the slices go
   * @param lines text beside the slices, the first one as a title
   */
  public BufferedImage paint(
      final SpatialImage<? extends RealType<?>> labels,
      final Crosshair at,
      final List<String> lines) {
    final BufferedImage picture =
        new BufferedImage(view.width(), view.height(), BufferedImage.TYPE_INT_RGB);
    final RasImage map = new RasImage(labels);
    final List<Plane> planes = new ArrayList<>(view.places().keySet());
    final Map<Plane, BufferedImage> slices = new java.util.concurrent.ConcurrentHashMap<>();
    planes.parallelStream().forEach(p -> slices.put(p, slice(map, p, at)));
    final Graphics2D g = picture.createGraphics();
    try {
      SheetStyle.smoothText(g);
      slices.forEach(
          (p, s) -> g.drawImage(s, view.places().get(p).x, view.places().get(p).y, null));
      g.scale(view.zoom(), view.zoom());
      for (final Plane p : planes) decorate(g, map, p, at);
      write(g, lines);
    } finally {
      g.dispose();
    }
    return picture;
  }

  private BufferedImage slice(final RasImage map, final Plane plane, final Crosshair at) {
    final Rectangle place = view.places().get(plane);
    return new LabelPainter(colours, new HashSet<>())
        .filled(map.slice(plane, at.get(plane.through()), map.whole()), place.width, place.height);
  }

  private Rectangle plain(final Rectangle r) {
    final double z = view.zoom();
    return new Rectangle(
        (int) (r.x / z), (int) (r.y / z), (int) (r.width / z), (int) (r.height / z));
  }

  private void decorate(
      final Graphics2D g, final RasImage map, final Plane plane, final Crosshair at) {
    final Rectangle r = plain(view.places().get(plane));
    final Point centre = view.place(plane, at);
    final int x = (int) (centre.x / view.zoom()), y = (int) (centre.y / view.zoom());
    g.setColor(LINE);
    g.drawLine(r.x, y, Math.max(r.x, x - OPEN), y);
    g.drawLine(Math.min(r.x + r.width, x + OPEN), y, r.x + r.width, y);
    g.drawLine(x, r.y, x, Math.max(r.y, y - OPEN));
    g.drawLine(x, Math.min(r.y + r.height, y + OPEN), x, r.y + r.height);
    g.setFont(SheetStyle.SMALL);
    final FontMetrics m = g.getFontMetrics();
    final int middle = r.y + r.height / 2 + 4;
    text(g, plane.leftLetter(), r.x + INSET, middle);
    text(
        g, plane.rightLetter(), r.x + r.width - INSET - m.stringWidth(plane.rightLetter()), middle);
    text(
        g,
        plane.topLetter(),
        r.x + (r.width - m.stringWidth(plane.topLetter())) / 2,
        r.y + 12 + INSET);
    text(
        g,
        String.format(
            Locale.ROOT,
            "%s = %.1f %s",
            plane.throughName(),
            map.coordinate(plane, at.get(plane.through())),
            map.grid().unit()),
        r.x + INSET,
        r.y + r.height - INSET);
  }

  /** Light text with a dark rim, to be read on any label's colour. */
  private static void text(final Graphics2D g, final String text, final int x, final int y) {
    g.setColor(RIM);
    for (int dy = -1; dy <= 1; dy++)
      for (int dx = -1; dx <= 1; dx++) g.drawString(text, x + dx, y + dy);
    g.setColor(SheetStyle.TEXT);
    g.drawString(text, x, y);
  }

  private void write(final Graphics2D g, final List<String> lines) {
    final Rectangle r = plain(view.free());
    g.clipRect(r.x, r.y, r.width, r.height);
    final int x = r.x + SheetStyle.MARGIN;
    int y = r.y + LINE_HEIGHT;
    for (int i = 0; i < lines.size(); i++) {
      g.setFont(i == 0 ? SheetStyle.HEADER : SheetStyle.SMALL);
      g.setColor(i == 0 ? SheetStyle.TEXT : SheetStyle.MUTED);
      g.drawString(lines.get(i), x, y);
      y += LINE_HEIGHT;
    }
    y -= lines.isEmpty() ? LINE_HEIGHT : LINE_HEIGHT / 2;
    g.setFont(SheetStyle.SMALL);
    final int bottom = r.y + r.height - INSET, room = r.width - SheetStyle.MARGIN;
    final Map<String, Integer> shown = new LinkedHashMap<>(legend);
    Legend fitting = new Legend(shown, g.getFontMetrics(), room);
    // The table of volumes names them all; here are as many as there is room for.
    while (!shown.isEmpty() && y + fitting.height() > bottom) {
      shown.remove(new ArrayList<>(shown.keySet()).get(shown.size() - 1));
      fitting = new Legend(shown, g.getFontMetrics(), room);
    }
    if (!shown.isEmpty()) fitting.draw(g, x, y);
  }
}
