package org.anatomicalpriors.picture;

import java.util.Arrays;

/** The range of values that runs from black to white, or along the colours of heat. Immutable. */
final class GreyWindow {

  private static final double LOWER = 0.005;
  private static final double UPPER = 0.995;

  /** From black over purple, red and orange to pale yellow: lighter is always more. */
  private static final int[] HEAT = {0x000000, 0x57106e, 0xbc3754, 0xf98e09, 0xfcffa4};

  private final float black;
  private final float white;
  private final boolean heat;

  private GreyWindow(final float black, final float white) {
    this(black, white, false);
  }

  private GreyWindow(final float black, final float white, final boolean heat) {
    this.black = black;
    this.white = white;
    this.heat = heat;
  }

  /** Colours of heat from 0 to a largest value. */
  static GreyWindow heat(final float largest) {
    return new GreyWindow(0, largest, true);
  }

  /**
   * From robust percentiles (0.5 % and 99.5 %) of the slices that are shown, so that a few bright
   * vessels or artefacts do not darken the rest. Zeros, which surround masked images, are counted
   * for black only.
   */
  static GreyWindow of(final Iterable<Slice> slices) {
    float[] values = new float[1024];
    int count = 0;
    boolean zeros = false;
    for (final Slice slice : slices)
      for (int row = 0; row < slice.height(); row++)
        for (int column = 0; column < slice.width(); column++) {
          final float value = slice.get(column, row);
          if (value == 0) zeros = true;
          if (value == 0 || !Float.isFinite(value)) continue;
          if (count == values.length) values = Arrays.copyOf(values, 2 * count);
          values[count++] = value;
        }
    if (count == 0) return new GreyWindow(0, 1);
    Arrays.sort(values, 0, count);
    final float lower = values[(int) (LOWER * (count - 1))];
    final float upper = values[(int) (UPPER * (count - 1))];
    final float black = zeros ? Math.min(0, lower) : lower;
    return new GreyWindow(black, upper > black ? upper : black + 1);
  }

  /** Grey level 0 to 255. */
  int level(final float value) {
    if (!(value > black)) return 0;
    return (int) Math.min(255, 255 * (value - black) / (white - black) + 0.5f);
  }

  /** Colour as 0xRRGGBB. */
  int rgb(final float value) {
    final int level = level(value);
    if (!heat) return 0x010101 * level;
    final int i = Math.min(HEAT.length - 2, level * (HEAT.length - 1) / 255);
    final double t = level * (HEAT.length - 1) / 255.0 - i;
    int rgb = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      final int a = HEAT[i] >> shift & 255, b = HEAT[i + 1] >> shift & 255;
      rgb |= (int) Math.round(a + t * (b - a)) << shift;
    }
    return rgb;
  }
}
