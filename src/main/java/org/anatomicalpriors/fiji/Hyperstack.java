package org.anatomicalpriors.fiji;

import ij.ImagePlus;
import ij.ImageStack;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.model.ImageVector;
import org.anatomicalpriors.settings.Settings;

/**
 * The axes of an image of ImageJ: the one place that knows in which order its slices lie. Of a
 * channel, all slices of one time point are a volume.
 */
final class Hyperstack {

  private final ImagePlus image;
  private final List<Integer> channels;
  private final List<Integer> frames;

  private Hyperstack(
      final ImagePlus image, final List<Integer> channels, final List<Integer> frames) {
    this.image = image;
    this.channels = List.copyOf(channels);
    this.frames = Collections.unmodifiableList(frames);
  }

  /**
   * The part of an image that the settings ask for.
   *
   * @param settings with {@link ImageParameters#CHANNEL} and {@link ImageParameters#FRAME}
   * @param flat whether slices are wanted, not volumes
   * @throws InvalidInputException if it is not clear what is meant, or there is no such part
   */
  static Hyperstack of(final ImagePlus image, final Settings settings, final boolean flat) {
    if (image.getStackSize() == 0 || image.getProcessor() == null)
      throw new InvalidInputException(
          "The image \"" + image.getTitle() + "\" is empty; open it again.");
    final List<Integer> c = ImageParameters.channels(settings);
    final int t = settings.getInt(ImageParameters.FRAME);
    final boolean slicesElsewhere = !flat && image.getNSlices() == 1;
    if (c.isEmpty() && image.getNChannels() > 1)
      throw new InvalidInputException(
          describe(image)
              + "; give the channel to segment, or several, 1 to "
              + image.getNChannels()
              + (slicesElsewhere ? misread("channels") : "."));
    if (t == 0 && slicesElsewhere && image.getNFrames() > 1)
      throw new InvalidInputException(
          describe(image) + " where a volume is needed" + misread("frames"));
    for (final int channel : c) checkRange(image, "channel", channel, 1, image.getNChannels());
    if (c.size() > Math.min(ImageVector.MOST_CHANNELS, Set.copyOf(c).size()))
      throw new InvalidInputException(
          "The channels "
              + ImageParameters.CHANNEL.format(c)
              + " were given; give up to "
              + ImageVector.MOST_CHANNELS
              + ", each once.");
    checkRange(image, "frame", t, 0, image.getNFrames());
    final List<Integer> frames = new ArrayList<>();
    for (int f = 1; f <= image.getNFrames(); f++) if (t == 0 || t == f) frames.add(f);
    return new Hyperstack(image, c.isEmpty() ? List.of(1) : c, frames);
  }

  private static String describe(final ImagePlus image) {
    return image.getTitle()
        + " has "
        + image.getNChannels()
        + " channels, "
        + image.getNSlices()
        + " slices and "
        + image.getNFrames()
        + " time points";
  }

  private static String misread(final String axis) {
    return "; if its " + axis + " are slices in truth, correct that under Image > Properties.";
  }

  private static void checkRange(
      final ImagePlus image, final String what, final int given, final int least, final int count) {
    if (given > count || given < least)
      throw new InvalidInputException(
          what + " " + given + " was given, but " + describe(image) + "; give 1 to " + count + ".");
  }

  ImagePlus image() {
    return image;
  }

  /** The time points that are meant, counted from 1. */
  List<Integer> frames() {
    return frames;
  }

  /** The channels that are meant, counted from 1. */
  List<Integer> channels() {
    return channels;
  }

  /** Number of the first channel's slice in the stack, counted from 1. */
  int index(final int slice, final int frame) {
    return image.getStackIndex(channels.get(0), slice, frame);
  }

  /**
   * One channel of one time point as a stack of nothing but slices, which shares the image's
   * pixels.
   */
  ImagePlus volume(final int channel, final int frame) {
    final ImageStack slices = new ImageStack(image.getWidth(), image.getHeight());
    for (int z = 1; z <= image.getNSlices(); z++) {
      final int index = image.getStackIndex(channel, z, frame);
      slices.addSlice(
          image.getStack().getSliceLabel(index), image.getStack().getProcessor(index).getPixels());
    }
    final ImagePlus volume = new ImagePlus(image.getTitle(), slices);
    volume.setDimensions(1, image.getNSlices(), 1);
    volume.setCalibration(image.getLocalCalibration());
    return volume;
  }

  /** The label of the first channel's slice, or null. */
  String sliceLabel(final int slice, final int frame) {
    return image.getStack().getSliceLabel(index(slice, frame));
  }
}
