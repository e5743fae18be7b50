package org.anatomicalpriors.io;

import ij.ImagePlus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.view.Views;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.io.nifti.NiftiField;
import org.anatomicalpriors.io.nifti.NiftiHeader;
import org.anatomicalpriors.io.nifti.NiftiReader;
import org.anatomicalpriors.io.nifti.NiftiWriter;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.SpatialImage;

/**
 * Opens and saves images by the ending of their names: NIfTI ({@code .nii}, {@code .hdr} with
 * {@code .img}, each also with {@code .gz}) and TIFF stacks ({@code .tif}, {@code .tiff}).
 *
 * <pre>{@code
 * SpatialImage<IntType> labels = Images.openLabels(file, progress);
 * Images.saveLike(segmented, Path.of("labels.nii.gz"), file);
 * }</pre>
 */
public final class Images {

  /** NIFTI_INTENT_LABEL of nifti1.h. */
  private static final int INTENT_LABEL = 1002;

  private Images() {}

  /**
   * Opens one volume or slice. TIFF has no orientation: its x, y, z are taken as the world's axes.
   * What had to be assumed about the geometry is logged to {@code progress}.
   *
   * @throws InvalidInputException if the file is missing, damaged, of an unsupported kind, or has
   *     several channels or time points
   */
  public static SpatialImage<? extends RealType<?>> open(final Path file, final Progress progress) {
    if (ImagePaths.isNifti(file)) return NiftiReader.read(file, progress).toSpatialImage();
    if (ImagePaths.isTiff(file)) return TiffStacks.read(file, progress);
    throw ImagePaths.unsupported(file);
  }

  /** True if the name ends like a stack of ImageJ, which may have channels and time points. */
  public static boolean isStack(final Path file) {
    return ImagePaths.isTiff(file);
  }

  /**
   * Opens a TIFF stack with all its channels and time points.
   *
   * @throws InvalidInputException if the file is missing or damaged
   */
  public static ImagePlus openStack(final Path file) {
    return TiffStacks.open(file);
  }

  /**
   * Opens a label map of any stored type: scaled and float values become the whole numbers that
   * they stand for.
   *
   * @throws InvalidInputException as {@link #open}, or if a value is not a whole number
   */
  public static SpatialImage<IntType> openLabels(final Path file, final Progress progress) {
    return LabelVoxels.of(open(file, progress));
  }

  /**
   * Saves an image; the ending of the name chooses the format. See {@link #saveLike} for results
   * computed from a file.
   *
   * @throws InvalidInputException if the ending is unsupported, the folder is missing or the format
   *     cannot hold the values
   * @throws java.io.UncheckedIOException if writing fails
   */
  public static void save(final SpatialImage<? extends RealType<?>> image, final Path target) {
    save(image, target, NiftiHeader.empty());
  }

  /**
   * Saves an image with the qform and sform codes, units and texts of another header, where the
   * format is NIfTI. The image's grid decides where it lies: where it is the template's own, the
   * template's geometry is written unchanged.
   */
  public static void save(
      final SpatialImage<? extends RealType<?>> image,
      final Path target,
      final NiftiHeader template) {
    if (ImagePaths.isNifti(target))
      new NiftiWriter().write(image.voxels(), image.grid(), template, target);
    else if (ImagePaths.isTiff(target)) TiffStacks.write(image, target);
    else throw ImagePaths.unsupported(target);
  }

  /**
   * Saves what was computed from {@code source}: if both are NIfTI, geometry codes and texts of the
   * source survive, and what belongs to its values (intent, display range, extensions) does not.
   */
  public static void saveLike(
      final SpatialImage<? extends RealType<?>> image, final Path target, final Path source) {
    save(image, target, derived(target, source));
  }

  /** As {@link #save}, marked as a label map where the format has a mark for that. */
  public static void saveLabels(
      final SpatialImage<? extends RealType<?>> labels, final Path target) {
    save(labels, target, NiftiHeader.empty().with(NiftiField.INTENT_CODE, INTENT_LABEL));
  }

  /** As {@link #saveLike}, marked as a label map where the format has a mark for that. */
  public static void saveLabelsLike(
      final SpatialImage<? extends RealType<?>> labels, final Path target, final Path source) {
    save(labels, target, derived(target, source).with(NiftiField.INTENT_CODE, INTENT_LABEL));
  }

  /**
   * Saves volumes on one grid as a NIfTI file with a fourth axis; of the source is kept what {@link
   * #saveLike} keeps.
   */
  public static <T extends RealType<T>> void saveVolumesLike(
      final List<SpatialImage<T>> volumes, final Path target, final Path source) {
    if (!ImagePaths.isNifti(target)) throw ImagePaths.unsupported(target);
    final List<RandomAccessibleInterval<T>> stack = new ArrayList<>();
    volumes.forEach(v -> stack.add(v.voxels()));
    new NiftiWriter()
        .write(Views.stack(stack), volumes.get(0).grid(), derived(target, source), target);
  }

  private static NiftiHeader derived(final Path target, final Path source) {
    return ImagePaths.isNifti(target) && ImagePaths.isNifti(source)
        ? NiftiReader.readHeader(source).forDerivedValues()
        : NiftiHeader.empty();
  }

  /** True if the name ends like a supported image. */
  public static boolean isImageFile(final Path file) {
    return ImagePaths.isNifti(file) || ImagePaths.isTiff(file);
  }

  /**
   * The images in a folder (not below it, hidden files left out), sorted by name, or the one file
   * given. A pair of {@code .hdr} and {@code .img} counts once.
   *
   * @throws InvalidInputException if the path does not exist or there is no image
   */
  public static List<Path> list(final Path fileOrFolder) {
    return ImagePaths.list(fileOrFolder);
  }

  /** The file's name without its ending, {@code .nii.gz} and the like taken as one. */
  public static String baseName(final Path file) {
    return ImagePaths.baseName(file);
  }
}
