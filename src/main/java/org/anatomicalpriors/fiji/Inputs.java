package org.anatomicalpriors.fiji;

import ij.ImagePlus;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.io.ImagePlusImages;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.Subject;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;

/** Opens whatever a script or a command gives as an image. */
final class Inputs {

  private final Settings settings;
  private final boolean flat;
  private final Progress progress;

  /**
   * @param settings of {@link ImageParameters#ofImage()}
   * @param flat whether slices are wanted, not volumes
   * @param progress told what had to be assumed
   */
  Inputs(final Settings settings, final boolean flat, final Progress progress) {
    this.settings = settings;
    this.flat = flat;
    this.progress = progress;
  }

  /**
   * Opens an image.
   *
   * @param given an {@link ImagePlus}, an imglib2 image of real numbers, or a file or its path
   * @throws InvalidInputException if it is none of these or cannot be used
   */
  InputImage open(final Object given) {
    if (given instanceof ImagePlus) return ofStack((ImagePlus) given, null);
    if (given instanceof RandomAccessibleInterval)
      return ofVoxels((RandomAccessibleInterval<?>) given);
    if (given instanceof File || given instanceof Path || given instanceof CharSequence)
      return ofFile(path(given));
    throw new InvalidInputException(
        (given == null ? "Nothing" : "An object of " + given.getClass().getName())
            + " was given as image; give an ImagePlus, an imglib2 image or a file's path.");
  }

  /** A path given as text or file. */
  static Path path(final Object given) {
    try {
      return given instanceof Path ? (Path) given : Path.of(given.toString());
    } catch (final InvalidPathException e) {
      throw new InvalidInputException(
          "\"" + given + "\" is no path of a file (" + e.getReason() + "); correct it.", e);
    }
  }

  private InputImage ofFile(final Path file) {
    if (Files.isDirectory(file))
      throw new InvalidInputException(
          file + " is a folder where one image is needed; give a file, or segment the folder.");
    final String name = file.getFileName() == null ? "" : file.getFileName().toString();
    if (Images.isStack(file)) return ofStack(Images.openStack(file), file);
    final SpatialImage<? extends RealType<?>> image = Images.open(file, progress);
    requireWhole(name);
    return new InputImage(name, 3, List.of(Subject.of(sized(image))), null, file, null);
  }

  private InputImage ofStack(final ImagePlus image, final Path file) {
    final Hyperstack stack = Hyperstack.of(image, settings, flat);
    final List<Subject> subjects = new ArrayList<>();
    Progress told = voxelSize() == null ? progress : Progress.NONE;
    for (final int frame : stack.frames()) {
      Subject subject = null;
      for (final int channel : stack.channels()) {
        final SpatialImage<? extends RealType<?>> volume =
            sized(
                ImagePlusImages.copyOf(
                    stack.volume(channel, frame), name(stack, channel, frame), told));
        subject = subject == null ? Subject.of(volume) : subject.with(volume, progress);
        told = Progress.NONE; // once is enough
      }
      subjects.add(subject);
    }
    return new InputImage(image.getTitle(), 3, subjects, stack, file, voxelSize());
  }

  private static String name(final Hyperstack stack, final int channel, final int frame) {
    return stack.image().getTitle()
        + (stack.image().getNChannels() == 1 ? "" : " (channel " + channel + ")")
        + (stack.image().getNFrames() == 1 ? "" : " (frame " + frame + ")");
  }

  private InputImage ofVoxels(final RandomAccessibleInterval<?> image) {
    final int n = image.numDimensions();
    if ((n != 2 && n != 3) || !(image.getType() instanceof RealType))
      throw new InvalidInputException(
          "An imglib2 image of "
              + n
              + " dimensions and "
              + image.getType().getClass().getSimpleName()
              + " was given; give one of 2 or 3 dimensions and real numbers (cut out a channel and a time point first).");
    @SuppressWarnings("unchecked") // checked just now
    final RandomAccessibleInterval<? extends RealType<?>> real =
        (RandomAccessibleInterval<? extends RealType<?>>) image;
    final RandomAccessibleInterval<? extends RealType<?>> volume =
        n == 3 ? Views.zeroMin(real) : Views.addDimension(Views.zeroMin(real), 0, 0);
    final int[] size = new int[3];
    for (int d = 0; d < 3; d++) size[d] = Math.toIntExact(volume.dimension(d));
    if (voxelSize() == null)
      progress.log(
          "The image has no calibration: spacing 1 x 1 x 1 pixel is assumed; give voxel_size, such as \"1x1x1.5 mm\".");
    final SpatialImage<? extends RealType<?>> spatial =
        spatial(volume, new Grid(size, Affine.identity(), "pixel"));
    requireWhole("The image");
    return new InputImage("image", n, List.of(Subject.of(sized(spatial))), null, null, null);
  }

  private static <T extends RealType<T>> SpatialImage<? extends RealType<?>> spatial(
      final RandomAccessibleInterval<? extends RealType<?>> volume, final Grid grid) {
    @SuppressWarnings("unchecked")
    final RandomAccessibleInterval<T> voxels = (RandomAccessibleInterval<T>) volume;
    return new SpatialImage<>(voxels, grid, "image");
  }

  /** Of what has but one volume no other can be meant. */
  private void requireWhole(final String name) {
    final List<Integer> channels = ImageParameters.channels(settings);
    if (!channels.isEmpty() && !channels.equals(List.of(1)))
      refuse(ImageParameters.CHANNEL, ImageParameters.CHANNEL.format(channels), name);
    final long frame = settings.get(ImageParameters.FRAME);
    if (frame > 1) refuse(ImageParameters.FRAME, Long.toString(frame), name);
  }

  private static void refuse(final Setting<?> setting, final String value, final String name) {
    throw new InvalidInputException(
        setting
            + " "
            + value
            + " was given, but "
            + name
            + " has one channel and one time point; leave out "
            + setting
            + ".");
  }

  private VoxelSize voxelSize() {
    final String text = settings.get(ImageParameters.VOXEL_SIZE);
    return text.trim().isEmpty() ? null : VoxelSize.parse(text);
  }

  /** The image with the spacing that the settings give, if they do. */
  private SpatialImage<? extends RealType<?>> sized(final SpatialImage<? extends RealType<?>> i) {
    final VoxelSize size = voxelSize();
    if (size == null) return i;
    final Grid grid = size.of(i.grid());
    if (!i.grid().unit().equals("pixel") && !i.grid().equals(grid))
      progress.log(
          i.name()
              + " is calibrated otherwise ("
              + i.grid()
              + "); the voxel size given holds: "
              + size
              + ".");
    return regridded(i, grid);
  }

  private static <T extends RealType<T>> SpatialImage<T> regridded(
      final SpatialImage<? extends RealType<?>> image, final Grid grid) {
    @SuppressWarnings("unchecked")
    final SpatialImage<T> typed = (SpatialImage<T>) image;
    return new SpatialImage<>(typed.voxels(), grid, typed.name());
  }
}
