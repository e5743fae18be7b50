package org.anatomicalpriors.io.nifti;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Grid;

/**
 * Reads NIfTI-1.1 and NIfTI-2 in either byte order: {@code .nii}, {@code .hdr} with {@code .img},
 * each plain or gzipped.
 *
 * <pre>{@code
 * NiftiImage image = NiftiReader.read(Path.of("brain.nii.gz"), Progress.NONE);
 * }</pre>
 *
 * <p>Voxels are decoded straight into one array. Every defect of a file is an {@link
 * InvalidInputException} that names the file, found before memory is taken where that is possible.
 */
public final class NiftiReader {

  /** The largest whole number up to which every one is exact in a float. */
  private static final double EXACT_IN_FLOAT = 1 << 24;

  private final String name;
  private final Progress progress;
  private final List<String> notices = new ArrayList<>();
  private final NiftiHeaderReader headers;

  private NiftiReader(final Path file, final Progress progress) {
    this.name = file.getFileName().toString();
    this.progress = progress;
    this.headers = new NiftiHeaderReader(name, this::note);
  }

  /**
   * Reads a whole image; what had to be assumed is logged to {@code progress} and kept in {@link
   * NiftiImage#notices()}.
   *
   * @param file the image, or either file of a pair
   * @throws InvalidInputException if the file is missing, damaged, or of an unsupported kind
   */
  public static NiftiImage read(final Path file, final Progress progress) {
    final NiftiReader reader = new NiftiReader(file, progress);
    return reader.guarded(() -> reader.readImage(NiftiPaths.header(file)));
  }

  /**
   * Reads the header only.
   *
   * @throws InvalidInputException as {@link #read}, but for the voxels
   */
  public static NiftiHeader readHeader(final Path file) {
    final NiftiReader reader = new NiftiReader(file, Progress.NONE);
    return reader.guarded(
        () -> {
          try (NiftiStream in = NiftiStream.open(NiftiPaths.header(file))) {
            return reader.headers.read(in);
          }
        });
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  private <T> T guarded(final Reading<T> reading) {
    try {
      return reading.read();
    } catch (final EOFException e) {
      throw new InvalidInputException(
          name
              + " ends before all of its header and voxels were read (truncated); copy or download it again.",
          e);
    } catch (final ZipException e) {
      throw new InvalidInputException(
          name + " is damaged gzip (" + e.getMessage() + "); copy or download it again.", e);
    } catch (final NoSuchFileException e) {
      throw new InvalidInputException(
          name + " does not exist; check the path " + e.getFile() + ".", e);
    } catch (final IOException e) {
      throw new InvalidInputException(
          name + " could not be read (" + e.getMessage() + "); check the file and the disk.", e);
    }
  }

  private NiftiImage readImage(final Path headerFile) throws IOException {
    try (NiftiStream in = NiftiStream.open(headerFile)) {
      final NiftiHeader header = headers.read(in);
      if (!header.isPair()) return readVoxels(header, in);
      final Path voxelFile = NiftiPaths.voxels(headerFile);
      try (NiftiStream voxels = NiftiStream.open(voxelFile)) {
        final long offset = (long) header.number(NiftiField.VOX_OFFSET);
        headers.requireHeld(voxels, voxelFile.getFileName().toString(), header, offset);
        voxels.skip(offset);
        return readVoxels(header, voxels);
      }
    }
  }

  private NiftiImage readVoxels(final NiftiHeader header, final NiftiStream in) throws IOException {
    final Grid grid = gridOf(header);
    final NiftiDataType stored = headers.typeOf(header);
    final double slope = header.number(NiftiField.SCL_SLOPE);
    final double inter = header.number(NiftiField.SCL_INTER);
    final boolean scaled =
        Double.isFinite(slope)
            && Double.isFinite(inter)
            && slope != 0
            && !(slope == 1 && inter == 0);
    final NiftiDataType type = scaled ? scaledType(stored, slope, inter) : stored;
    final int count = (int) NiftiHeaderReader.voxelCount(header);
    requireMemory((double) count * type.storage().bytes());
    final int bytes = stored.storage().bytes();
    final long atOnce = in.takenAtOnce((long) count * bytes) / bytes;
    final VoxelArray voxels = new VoxelArray(type.storage(), count, atOnce);
    final VoxelDecoder decoder = new VoxelDecoder(in, header.byteOrder(), name, progress);
    if (scaled) decoder.decodeScaled(stored, slope, inter, voxels);
    else decoder.decode(voxels);
    return new NiftiImage(voxels.array(), type, header, grid, name, notices);
  }

  /** Float where it loses nothing against the stored precision, else double. */
  private static NiftiDataType scaledType(
      final NiftiDataType stored, final double slope, final double inter) {
    if (stored == NiftiDataType.FLOAT32) return NiftiDataType.FLOAT32;
    if (stored.bits() > 16) return NiftiDataType.FLOAT64;
    final double largest = Math.abs(slope) * (1 << stored.bits()) + Math.abs(inter);
    final boolean whole = slope == Math.rint(slope) && inter == Math.rint(inter);
    return whole && largest > EXACT_IN_FLOAT ? NiftiDataType.FLOAT64 : NiftiDataType.FLOAT32;
  }

  private void requireMemory(final double bytes) {
    final double limit = Runtime.getRuntime().maxMemory();
    if (bytes > limit)
      throw new InvalidInputException(
          String.format(
              "%s needs %.0f MB of memory and Java may use %.0f MB; give Java more memory or"
                  + " downsample the image.",
              name, bytes / (1 << 20), limit / (1 << 20)));
  }

  private Grid gridOf(final NiftiHeader header) {
    final NiftiGeometry geometry = NiftiGeometry.of(header, name);
    if (geometry.source() == NiftiGeometry.Source.PIXDIM)
      note(
          name
              + " has no usable header geometry (no sform, no qform): its axes are taken as right,"
              + " front, top with the first voxel at 0, 0, 0.");
    if (!geometry.isUnitKnown()) note(name + " names no unit of length; mm is assumed.");
    final int[] size = {1, 1, 1};
    final long[] stored = header.dimensions();
    for (int d = 0; d < Math.min(3, stored.length); d++) size[d] = (int) stored[d];
    return new Grid(size, geometry.toWorld(), geometry.unit());
  }

  private void note(final String sentence) {
    notices.add(sentence);
    progress.log(sentence);
  }
}
