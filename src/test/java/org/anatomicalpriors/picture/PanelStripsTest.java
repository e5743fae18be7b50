package org.anatomicalpriors.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.List;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import org.anatomicalpriors.labels.LabelMaps;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.junit.jupiter.api.Test;

class PanelStripsTest {

  private static final Grid GRID =
      Grid.centred(new int[] {12, 16, 10}, new double[] {1, 1, 1}, new double[3], "mm");
  private static final LabelColours COLOURS =
      LabelColours.forIds(LabelMaps.fromIds(List.of(0, 1, 2)));

  /** A block of a label between two bounds on every axis. */
  private static SpatialImage<UnsignedByteType> block(
      final int label, final int from, final int to) {
    final Img<UnsignedByteType> img = ArrayImgs.unsignedBytes(12, 16, 10);
    int i = 0;
    for (final UnsignedByteType t : img) {
      final int x = i % 12, y = i / 12 % 16, z = i / 192;
      i++;
      if (Math.min(x, Math.min(y, z)) >= from && Math.max(x, Math.max(y, z)) < to) t.set(label);
    }
    return new SpatialImage<>(img, GRID, "block");
  }

  private static SpatialImage<FloatType> constant(final float value) {
    final Img<FloatType> img = ArrayImgs.floats(12, 16, 10);
    img.forEach(t -> t.set(value));
    return new SpatialImage<>(img, GRID, "constant");
  }

  @Test
  void stripsAreCutAlikeByTheFirstLabels() {
    final List<BufferedImage> strips =
        PanelStrips.paint(
            List.of(
                Panel.filled(block(1, 2, 8), ""),
                Panel.filled(block(2, 0, 10), ""),
                Panel.heat(constant(0.5f), 0.5, "")),
            COLOURS,
            new PictureOptions().tileSize(60));
    assertEquals(3, strips.size());
    for (final BufferedImage s : strips) {
      assertEquals(strips.get(0).getWidth(), s.getWidth());
      assertEquals(strips.get(0).getHeight(), s.getHeight());
    }
    final BufferedImage first = strips.get(0), second = strips.get(1), third = strips.get(2);
    // A third of the strip is one plane; in its middle lie the blocks, whose labels differ.
    final int x = first.getWidth() / 6, y = first.getHeight() / 2;
    assertEquals(COLOURS.rgb(1), first.getRGB(x, y) & 0xffffff);
    assertEquals(COLOURS.rgb(2), second.getRGB(x, y) & 0xffffff);
    assertEquals(0xfcffa4, third.getRGB(x, y) & 0xffffff, "the largest value is the hottest");
    // The cut is that of the small block: its margin is narrow, and the larger block fills it.
    assertEquals(0, first.getRGB(1, 1) & 0xffffff);
    assertEquals(COLOURS.rgb(2), second.getRGB(1, 1) & 0xffffff);
  }

  @Test
  void heatRunsFromBlackUpwards() {
    final GreyWindow heat = GreyWindow.heat(2);
    assertEquals(0, heat.rgb(0));
    assertEquals(0, heat.rgb(-1));
    assertEquals(0xfcffa4, heat.rgb(9));
    int before = -1;
    for (float v = 0; v <= 2; v += 0.125f) {
      final int rgb = heat.rgb(v);
      final int light = 3 * (rgb >> 16 & 255) + 6 * (rgb >> 8 & 255) + (rgb & 255);
      assertTrue(light > before, "lighter at " + v);
      before = light;
    }
  }
}
