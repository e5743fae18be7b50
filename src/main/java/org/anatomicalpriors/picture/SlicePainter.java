package org.anatomicalpriors.picture;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Draws one slice of an image, of a label map, or of an image with a label map's outlines. */
final class SlicePainter {

  private final Slicing slicing;
  private final LabelPainter labelPainter;

  SlicePainter(final Slicing slicing, final LabelPainter labelPainter) {
    this.slicing = slicing;
    this.labelPainter = labelPainter;
  }

  /**
   * @param image the grey image below, or null to fill the labels
   * @param window the image's grey range; unused without an image
   * @param labels the label map above, or null
   */
  BufferedImage paint(
      final RasImage image,
      final GreyWindow window,
      final RasImage labels,
      final Plane plane,
      final int position) {
    final int width = slicing.width(plane), height = slicing.height(plane);
    final BufferedImage tile = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    final Graphics2D g = tile.createGraphics();
    try {
      if (image != null) drawGrey(g, image.slice(plane, position, slicing.shown()), window, tile);
      if (labels != null) {
        final Slice slice = labels.slice(plane, position, slicing.shown());
        g.drawImage(
            image == null
                ? labelPainter.filled(slice, width, height)
                : labelPainter.outlines(slice, width, height),
            0,
            0,
            null);
      }
    } finally {
      g.dispose();
    }
    return tile;
  }

  private static void drawGrey(
      final Graphics2D g, final Slice slice, final GreyWindow window, final BufferedImage tile) {
    final BufferedImage grey =
        new BufferedImage(slice.width(), slice.height(), BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < slice.height(); row++)
      for (int column = 0; column < slice.width(); column++)
        grey.setRGB(column, row, window.rgb(slice.get(column, row)));
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    g.drawImage(grey, 0, 0, tile.getWidth(), tile.getHeight(), null);
  }
}
