package org.anatomicalpriors.picture;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Panels on one grid, each as a picture of its own of the middle slices side by side, for windows
 * that lay them out themselves. All are cut alike, through the middle of the first panel that has
 * labels.
 */
public final class PanelStrips {

  private PanelStrips() {}

  /**
   * Draws the strips, all of one size.
   *
   * @param options of which tile size and planes count
   * @throws org.anatomicalpriors.InvalidInputException if the panels differ in size
   */
  public static List<BufferedImage> paint(
      final List<Panel> panels, final LabelColours colours, final PictureOptions options) {
    final List<RasImage> reference = new ArrayList<>(), others = new ArrayList<>();
    for (final Panel p : panels) {
      if (p.image() != null) others.add(p.image());
      if (p.labels() != null) (reference.isEmpty() ? reference : others).add(p.labels());
    }
    final Slicing slicing = new Slicing(reference, others, options.tileSize());
    return new PanelPainter(colours, options)
        .paint(panels, slicing, false).stream().map(t -> t.picture).collect(Collectors.toList());
  }
}
