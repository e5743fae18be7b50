package org.anatomicalpriors.picture;

import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Subjects in rows, methods in columns.
 *
 * <pre>{@code
 * BufferedImage picture =
 *     new Comparison(colours, options, "image", "truth", "ours")
 *         .row("subject 1", Panel.image(t1), Panel.filled(truth, ""), Panel.filled(ours, "Dice 0.87"))
 *         .render();
 * }</pre>
 */
public final class Comparison {

  private final LabelColours colours;
  private final PictureOptions options;
  private final List<String> columns;
  private final Map<String, List<Panel>> rows = new LinkedHashMap<>();

  public Comparison(
      final LabelColours colours, final PictureOptions options, final String... columns) {
    this.colours = colours;
    this.options = options;
    this.columns = List.of(columns);
  }

  /** Adds a subject; its panels, one per column, lie on one grid. */
  public Comparison row(final String name, final Panel... panels) {
    if (panels.length != columns.size())
      throw new IllegalArgumentException(
          panels.length + " panels were given for " + columns.size() + " columns");
    rows.put(name, List.of(panels));
    return this;
  }

  public BufferedImage render() {
    final PanelPainter painter = new PanelPainter(colours, options);
    final Sheet sheet = new Sheet(options.title(), columns);
    rows.forEach((name, panels) -> sheet.addRow(name, painter.paint(panels, true)));
    return sheet.render(options.hasLegend() ? colours.legend(painter.drawn()) : Map.of());
  }
}
