package org.anatomicalpriors.fiji;

import ij.ImagePlus;
import ij.measure.Calibration;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.io.ImagePlusImages;
import org.anatomicalpriors.segmentation.Subject;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;

/**
 * An image to work on: for every time point a volume (or slice) of one or more channels, and how
 * results should look.
 */
final class InputImage {

  private static final Pattern ENDING =
      Pattern.compile("\\.((nii|hdr|img)(\\.gz)?|tiff?)$", Pattern.CASE_INSENSITIVE);

  private final String title;
  private final int dimensions;
  private final List<Subject> subjects;
  private final Hyperstack stack;
  private final Path file;
  private final VoxelSize size;

  /**
   * @param title what the image is called
   * @param dimensions 2 or 3: axes that voxel results should have
   * @param subjects one for each time point, all of one size
   * @param stack the image of ImageJ from which they are, or null
   * @param file the file from which they are, or null
   * @param size given in the place of the stack's calibration, or null
   */
  InputImage(
      final String title,
      final int dimensions,
      final List<Subject> subjects,
      final Hyperstack stack,
      final Path file,
      final VoxelSize size) {
    this.title = title;
    this.dimensions = dimensions;
    this.subjects = List.copyOf(subjects);
    this.stack = stack;
    this.file = file;
    this.size = size;
  }

  /** The title without the ending of an image file. */
  String name() {
    final String name = ENDING.matcher(title).replaceFirst("");
    return name.isEmpty() ? "image" : name;
  }

  int dimensions() {
    return dimensions;
  }

  /** What there is to segment at every time point. */
  List<Subject> subjects() {
    return subjects;
  }

  /** The first channel at a time point, on whose voxels results lie. */
  SpatialImage<? extends RealType<?>> volume(final int index) {
    return subjects.get(index).image();
  }

  /** Number of time points. */
  int frames() {
    return subjects.size();
  }

  /** Number of channels. */
  int channels() {
    return subjects.get(0).channels().size();
  }

  Grid grid() {
    return volume(0).grid();
  }

  Path file() {
    return file;
  }

  /** The number of a time point in the image, counted from 1. */
  int frame(final int index) {
    return stack == null ? index + 1 : stack.frames().get(index);
  }

  /** What results of one time point are called. */
  String name(final int index) {
    return frames() == 1 ? name() : String.format(Locale.ROOT, "%s-t%03d", name(), frame(index));
  }

  /** Number of a slice in the image's stack, counted from 1. */
  int stackIndex(final int slice, final int index) {
    return stack == null
        ? index * grid().size(2) + slice
        : stack.index(slice, stack.frames().get(index));
  }

  /** Whether slices are told by channel, slice and time point, not by their number. */
  boolean isHyperstack() {
    return stack == null ? frames() > 1 : stack.image().isHyperStack();
  }

  /** The label of a slice, or null. */
  String sliceLabel(final int slice, final int index) {
    return stack == null ? null : stack.sliceLabel(slice, stack.frames().get(index));
  }

  /** Spacing, unit and origin, without the meaning of the image's values. */
  Calibration calibration() {
    if (stack == null) return ImagePlusImages.calibration(grid());
    final Calibration c = stack.image().getLocalCalibration().copy();
    c.setFunction(Calibration.NONE, null, "Gray Value");
    if (size != null) size.applyTo(c);
    return c;
  }

  /** The image of ImageJ, or null if it was none. */
  ImagePlus imagePlus() {
    return stack == null ? null : stack.image();
  }
}
