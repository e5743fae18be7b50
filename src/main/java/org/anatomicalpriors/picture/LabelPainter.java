package org.anatomicalpriors.picture;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Set;

/** Draws the labels of a slice, filled or as outlines, anti-aliased. */
final class LabelPainter {

  /** Points per pixel along each axis. */
  private static final int OVERSAMPLING = 3;

  private static final double LINE_WIDTH = 1.4; // pixels

  private final LabelColours colours;
  private final Set<Integer> drawn;

  /**
   * @param drawn receives the values that were drawn, for the legend
   */
  LabelPainter(final LabelColours colours, final Set<Integer> drawn) {
    this.colours = colours;
    this.drawn = drawn;
  }

  BufferedImage filled(final Slice labels, final int width, final int height) {
    return paint(raster(labels, width, height), null, width, height);
  }

  BufferedImage outlines(final Slice labels, final int width, final int height) {
    final LabelRaster raster = raster(labels, width, height);
    return paint(raster, raster.rims(LINE_WIDTH * OVERSAMPLING), width, height);
  }

  private static LabelRaster raster(final Slice labels, final int width, final int height) {
    return new LabelRaster(labels, OVERSAMPLING * width, OVERSAMPLING * height);
  }

  /** Averages the colours of each pixel's points; points outside the mask are transparent. */
  private BufferedImage paint(
      final LabelRaster raster, final boolean[] mask, final int width, final int height) {
    final BufferedImage layer = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    final int[] pixels = ((DataBufferInt) layer.getRaster().getDataBuffer()).getData();
    int last = 0, rgb = 0; // neighbours are mostly of one label
    for (int y = 0, at = 0; y < height; y++)
      for (int x = 0; x < width; x++, at++) {
        final int common =
            mask == null ? raster.common(x * OVERSAMPLING, y * OVERSAMPLING, OVERSAMPLING) : -1;
        if (common == 0) continue;
        if (common == last) {
          pixels[at] = 0xff000000 | rgb;
          continue;
        }
        int count = 0, red = 0, green = 0, blue = 0;
        for (int j = 0; j < OVERSAMPLING; j++)
          for (int i = 0; i < OVERSAMPLING; i++) {
            final int px = x * OVERSAMPLING + i, py = y * OVERSAMPLING + j;
            final int label = raster.get(px, py);
            if (label == 0 || mask != null && !mask[px + raster.width() * py]) continue;
            if (label != last) {
              drawn.add(label);
              rgb = colours.rgb(label);
              last = label;
            }
            red += rgb >> 16 & 255;
            green += rgb >> 8 & 255;
            blue += rgb & 255;
            count++;
          }
        if (count == 0) continue;
        final int alpha = 255 * count / (OVERSAMPLING * OVERSAMPLING);
        pixels[at] = alpha << 24 | red / count << 16 | green / count << 8 | blue / count;
      }
    return layer;
  }
}
