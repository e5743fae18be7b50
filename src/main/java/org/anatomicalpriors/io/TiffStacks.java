package org.anatomicalpriors.io;

import ij.ImagePlus;
import ij.io.FileInfo;
import ij.io.FileSaver;
import ij.io.Opener;
import ij.io.TiffDecoder;
import ij.io.TiffEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.files.AtomicFiles;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.SpatialImage;

/**
 * TIFF stacks through ImageJ, with ImageJ's calibration. TIFF has no orientation: x, y and z of the
 * stack are taken as the world's x, y and z.
 */
final class TiffStacks {

  private static final double MAX_BYTES = 4.0 * (1L << 30) - (1 << 20);

  private TiffStacks() {}

  /**
   * Reads a stack of 8, 16 or 32 bit slices.
   *
   * @throws InvalidInputException if the file is missing or damaged, or has colours, channels or
   *     time points
   */
  static SpatialImage<? extends RealType<?>> read(final Path file, final Progress progress) {
    return ImagePlusImages.copyOf(open(file), file.getFileName().toString(), progress);
  }

  /**
   * Opens a stack with any channels and time points.
   *
   * @throws InvalidInputException if the file is missing or damaged
   */
  static ImagePlus open(final Path file) {
    final String name = file.getFileName().toString();
    if (!Files.isRegularFile(file))
      throw new InvalidInputException(name + " does not exist; check the path " + file + ".");
    final Path absolute = file.toAbsolutePath();
    final String folder = absolute.getParent() + absolute.getFileSystem().getSeparator();
    try {
      requireComplete(new TiffDecoder(folder, name).getTiffInfo(), Files.size(file), name);
    } catch (final IOException | RuntimeException e) {
      // ImageJ's decoder trips over damaged directories with any runtime exception.
      if (e instanceof InvalidInputException) throw (InvalidInputException) e;
      throw unreadable(name, e.getMessage());
    }
    final Opener opener = new Opener();
    opener.setSilentMode(true);
    final ImagePlus stack = opener.openTiff(folder, name);
    if (stack == null) throw unreadable(name, "no image was found in it");
    return stack;
  }

  private static void requireComplete(
      final FileInfo[] directories, final long fileSize, final String name) {
    if (directories == null || directories.length == 0)
      throw unreadable(name, "it has no TIFF header");
    for (final FileInfo info : directories) {
      if (info.width < 1 || info.height < 1) throw unreadable(name, "it lists no image");
      long end = 0;
      if (info.stripOffsets != null && info.stripLengths != null) {
        for (int i = 0; i < Math.min(info.stripOffsets.length, info.stripLengths.length); i++)
          end =
              Math.max(
                  end, (info.stripOffsets[i] & 0xffffffffL) + (info.stripLengths[i] & 0xffffffffL));
      }
      if (info.nImages > 1) {
        final long plane = (long) info.width * info.height * info.getBytesPerPixel();
        end = info.getOffset() + info.nImages * (plane + info.getGap()) - info.getGap();
      }
      if (end > fileSize)
        throw new InvalidInputException(
            name
                + " is too small ("
                + fileSize
                + " bytes) for the slices that it lists; it is truncated: copy or download it again.");
    }
  }

  private static InvalidInputException unreadable(final String name, final String reason) {
    return new InvalidInputException(
        name
            + " could not be read as TIFF ("
            + reason
            + "); open it in ImageJ and save it as TIFF there, or copy it again.");
  }

  /**
   * Writes an image as an ImageJ TIFF with its spacing and unit (no orientation).
   *
   * @throws InvalidInputException if its values or its size do not fit a TIFF
   */
  static void write(final SpatialImage<? extends RealType<?>> image, final Path target) {
    final ImagePlus stack = ImagePlusImages.toImagePlus(image);
    final FileInfo info = stack.getFileInfo();
    final double bytes = (double) info.width * info.height * info.nImages * info.getBytesPerPixel();
    if (bytes > MAX_BYTES)
      throw new InvalidInputException(
          image.name() + " is larger than the 4 GB of a TIFF file; save it as NIfTI (.nii.gz).");
    info.description = new FileSaver(stack).getDescriptionString();
    AtomicFiles.write(target, out -> new TiffEncoder(info).write(out));
  }
}
