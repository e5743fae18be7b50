package org.anatomicalpriors.fiji;

import ij.ImagePlus;
import ij.process.LUT;
import java.awt.Color;
import org.anatomicalpriors.labels.Label;
import org.anatomicalpriors.labels.LabelSet;

/**
 * Colours and names of labels on an image of ImageJ. Where all ids are below 256 the value of a
 * voxel is its place in the colour table; larger ids are spread over the table's 256 places from 0
 * to the largest id.
 */
final class LabelLook {

  private static final int PLACES = 256;
  private static final int LARGEST_SHORT = 65535;

  private final LabelSet labels;
  private final int largest;

  LabelLook(final LabelSet labels) {
    this.labels = labels;
    largest = labels.labels().stream().mapToInt(Label::id).max().getAsInt();
  }

  /** Bits of the smallest type of ImageJ that holds every id. */
  int bits() {
    return largest < PLACES ? 8 : largest <= LARGEST_SHORT ? 16 : 32;
  }

  /** Gives an image of ids the label set's colours, and tells what the ids mean. */
  void applyTo(final ImagePlus image) {
    image.setLut(lut());
    image.setDisplayRange(0, range());
    final StringBuilder info = new StringBuilder("id\tname\tcolour\n");
    for (final Label l : labels.labels()) {
      info.append(String.format("%d\t%s\t#%06x\n", l.id(), l.name(), l.rgb()));
      image.setProp("Label " + l.id(), l.name());
    }
    image.setProperty("Info", info.toString());
  }

  private int range() {
    return Math.max(PLACES - 1, largest);
  }

  private LUT lut() {
    final byte[] red = new byte[PLACES], green = new byte[PLACES], blue = new byte[PLACES];
    for (final Label l : labels.labels()) {
      if (l.id() < 0) continue;
      final int place = (int) Math.round((double) l.id() * (PLACES - 1) / range());
      red[place] = (byte) (l.rgb() >> 16);
      green[place] = (byte) (l.rgb() >> 8);
      blue[place] = (byte) l.rgb();
    }
    return new LUT(8, PLACES, red, green, blue);
  }

  static Color colour(final Label label) {
    return new Color(label.rgb());
  }
}
