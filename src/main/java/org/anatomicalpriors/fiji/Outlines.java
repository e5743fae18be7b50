package org.anatomicalpriors.fiji;

import ij.IJ;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.plugin.filter.ThresholdToSelection;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;
import java.io.File;
import org.anatomicalpriors.labels.Label;
import org.anatomicalpriors.labels.LabelSet;

/** Outlines of labels, slice by slice, as shapes of ImageJ over the input image. */
final class Outlines {

  /** ImageJ tells so many groups of shapes apart. */
  private static final int GROUPS = 255;

  /** Property of a shape that holds the label's id. */
  static final String ID = "label";

  private static final int INSIDE = 255;

  private final InputImage input;
  private final LabelSet labels;
  private final Overlay overlay = new Overlay();
  private final boolean hasGroups = hasGroupColours();

  Outlines(final InputImage input, final LabelSet labels) {
    this.input = input;
    this.labels = labels;
  }

  /**
   * Adds the labels of one time point.
   *
   * @param indices label index of every voxel, x fastest
   */
  Outlines add(final byte[] indices, final int frame) {
    final int width = input.grid().size(0), height = input.grid().size(1);
    for (int z = 0; z < input.grid().size(2); z++) {
      final int[][] boxes = boxes(indices, z * width * height, width, height);
      for (int l = 1; l < labels.size(); l++)
        if (boxes[l] != null) add(indices, z * width * height, width, l, boxes[l], z, frame);
    }
    return this;
  }

  Overlay overlay() {
    return overlay;
  }

  /** ImageJ complains at every shape with a group where the colours of groups are missing. */
  private static boolean hasGroupColours() {
    final String luts = IJ.getDirectory("luts");
    return luts != null && new File(luts, "glasbey.lut").isFile();
  }

  /** For each label of a slice the box that holds it: x0, y0, x1, y1, inclusive; or null. */
  private int[][] boxes(final byte[] indices, final int start, final int width, final int height) {
    final int[][] boxes = new int[256][];
    for (int y = 0; y < height; y++)
      for (int x = 0; x < width; x++) {
        final int l = indices[start + y * width + x] & 0xff;
        if (l == 0) continue;
        if (boxes[l] == null) boxes[l] = new int[] {x, y, x, y};
        final int[] b = boxes[l];
        b[0] = Math.min(b[0], x);
        b[2] = Math.max(b[2], x);
        b[3] = y;
      }
    return boxes;
  }

  private void add(
      final byte[] indices,
      final int start,
      final int width,
      final int label,
      final int[] box,
      final int z,
      final int frame) {
    final int w = box[2] - box[0] + 1, h = box[3] - box[1] + 1;
    final ByteProcessor mask = new ByteProcessor(w, h);
    for (int y = 0; y < h; y++)
      for (int x = 0; x < w; x++)
        if ((indices[start + (box[1] + y) * width + box[0] + x] & 0xff) == label)
          mask.set(x, y, INSIDE);
    mask.setThreshold(INSIDE, INSIDE, ImageProcessor.NO_LUT_UPDATE);
    final Roi roi = new ThresholdToSelection().convert(mask);
    roi.setLocation(roi.getXBase() + box[0], roi.getYBase() + box[1]);
    final Label l = labels.get(label);
    if (hasGroups && l.id() <= GROUPS) roi.setGroup(l.id());
    roi.setProperty(ID, Integer.toString(l.id()));
    roi.setStrokeColor(LabelLook.colour(l)); // after the group, which has a colour of its own
    roi.setName(l.name());
    if (input.isHyperstack()) roi.setPosition(0, z + 1, input.frame(frame));
    else roi.setPosition(input.stackIndex(z + 1, frame));
    overlay.add(roi);
  }
}
