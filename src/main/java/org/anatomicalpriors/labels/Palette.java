package org.anatomicalpriors.labels;

import java.util.Locale;

/** Colours for labels that come without one: distinct for neighbouring ids and always the same. */
public final class Palette {

  private static final double GOLDEN_RATIO = 0.618033988749895;

  private Palette() {}

  /** Colour of a label id, 0xRRGGBB; black for the background (id 0). */
  public static int color(final int id) {
    if (id == 0) return 0;
    final double hue = id * GOLDEN_RATIO % 1;
    final double saturation = 0.55 + 0.15 * Math.floorMod(id, 4);
    final double value = 0.95 - 0.15 * Math.floorMod(id / 4, 3);
    final int r = channel(hue, 5, saturation, value);
    final int g = channel(hue, 3, saturation, value);
    final int b = channel(hue, 1, saturation, value);
    return r << 16 | g << 8 | b;
  }

  /** The colour as {@code #RRGGBB}. */
  public static String toHex(final int rgb) {
    return String.format(Locale.ROOT, "#%06X", rgb & 0xffffff);
  }

  /** One channel of the HSV colour: v - v s max(0, min(k, 4 - k, 1)), k = (n + 6 h) mod 6. */
  private static int channel(final double h, final int n, final double s, final double v) {
    final double k = (n + 6 * h) % 6;
    return (int) Math.round(255 * (v - v * s * Math.max(0, Math.min(Math.min(k, 4 - k), 1))));
  }
}
