package org.anatomicalpriors.fiji;

import ij.ImagePlus;
import ij.ImageStack;
import java.util.function.IntUnaryOperator;
import org.anatomicalpriors.labels.LabelSet;

/** Stacks of ImageJ in the size, order, calibration and name of an input image. */
final class ResultStacks {

  /** Pixels of one slice, as one of ImageJ's arrays. */
  @FunctionalInterface
  interface Pixels {
    /**
     * @param channel from 0
     * @param slice from 0
     * @param frame index of the time point, from 0
     */
    Object at(int channel, int slice, int frame);
  }

  /** Label of one slice, or null; counted as {@link Pixels}. */
  @FunctionalInterface
  interface Names {
    String at(int channel, int slice, int frame);
  }

  private final InputImage input;

  ResultStacks(final InputImage input) {
    this.input = input;
  }

  /** A stack called as the input with an ending. */
  ImagePlus stack(final String ending, final int channels, final Pixels pixels, final Names names) {
    final int[] size = input.grid().size();
    final int frames = input.frames();
    final ImageStack stack = new ImageStack(size[0], size[1]);
    for (int t = 0; t < frames; t++)
      for (int z = 0; z < size[2]; z++)
        for (int c = 0; c < channels; c++) stack.addSlice(names.at(c, z, t), pixels.at(c, z, t));
    final ImagePlus image = new ImagePlus(input.name() + ending, stack);
    image.setDimensions(channels, size[2], frames);
    if (channels > 1 || frames > 1) image.setOpenAsHyperStack(true);
    image.setCalibration(input.calibration());
    return image;
  }

  /** A stack of ids in the label set's colours, with the input's slice labels. */
  ImagePlus labels(final String ending, final LabelSet set, final byte[][] indices) {
    final LabelLook look = new LabelLook(set);
    final int plane = input.grid().size(0) * input.grid().size(1);
    final ImagePlus image =
        stack(
            ending,
            1,
            (c, z, t) ->
                ids(
                    indices[t],
                    z * plane,
                    plane,
                    look.bits(),
                    i -> i < set.size() ? set.get(i).id() : 0),
            (c, z, t) -> input.sliceLabel(z + 1, t));
    look.applyTo(image);
    return image;
  }

  private static Object ids(
      final byte[] indices,
      final int start,
      final int length,
      final int bits,
      final IntUnaryOperator id) {
    final byte[] bytes = new byte[bits == 8 ? length : 0];
    final short[] shorts = new short[bits == 16 ? length : 0];
    final float[] floats = new float[bits == 32 ? length : 0];
    for (int i = 0; i < length; i++) {
      final int value = id.applyAsInt(indices[start + i] & 0xff);
      if (bits == 8) bytes[i] = (byte) value;
      else if (bits == 16) shorts[i] = (short) value;
      else floats[i] = value;
    }
    return bits == 8 ? bytes : bits == 16 ? shorts : (Object) floats;
  }
}
