package org.anatomicalpriors.io.nifti;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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

  private static final int MAX_EXTENSION_BYTES = 1 << 28;

  /** The largest whole number up to which every one is exact in a float. */
  private static final double EXACT_IN_FLOAT = 1 << 24;

  private final String name;
  private final Progress progress;
  private final List<String> notices = new ArrayList<>();

  private NiftiReader(final Path file, final Progress progress) {
    this.name = file.getFileName().toString();
    this.progress = progress;
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
            return reader.readHeader(in);
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
      throw new InvalidInputException(name + " does not exist; check the path " + e.getFile(), e);
    } catch (final IOException e) {
      throw new InvalidInputException(
          name + " could not be read (" + e.getMessage() + "); check the file and the disk.", e);
    }
  }

  private NiftiImage readImage(final Path headerFile) throws IOException {
    try (NiftiStream in = NiftiStream.open(headerFile)) {
      final NiftiHeader header = readHeader(in);
      if (!header.isPair()) return readVoxels(header, in);
      final Path voxelFile = NiftiPaths.voxels(headerFile);
      try (NiftiStream voxels = NiftiStream.open(voxelFile)) {
        final long offset = (long) header.number(NiftiField.VOX_OFFSET);
        requireHeld(voxels, voxelFile.getFileName().toString(), header, offset);
        voxels.skip(offset);
        return readVoxels(header, voxels);
      }
    }
  }

  /** Reads up to the first voxel of a single file, or to the end of a header file. */
  private NiftiHeader readHeader(final NiftiStream in) throws IOException {
    final byte[] start = in.readUpTo(4);
    final int version = start.length < 4 ? 0 : NiftiHeaderCodec.version(start);
    if (version == 0)
      throw new InvalidInputException(
          name + " is not a NIfTI file (no header of 348 or 540 bytes); convert it to NIfTI.");
    final byte[] bytes = Arrays.copyOf(start, NiftiHeaderCodec.size(version));
    in.readFully(bytes, 4, bytes.length - 4);
    final NiftiHeader header = NiftiHeaderCodec.decode(bytes, version);
    if (header == null)
      throw new InvalidInputException(
          name
              + " has no NIfTI magic string (it may be ANALYZE 7.5, which has no orientation);"
              + " convert it to NIfTI.");
    requireDimensions(header);
    final double offset = header.number(NiftiField.VOX_OFFSET);
    if (header.isPair()) {
      if (!(offset >= 0)) throw badOffset(offset);
      return withExtensions(header, in.readUpTo(MAX_EXTENSION_BYTES));
    }
    final int least = bytes.length + NiftiHeaderCodec.EXTENDER_BYTES;
    // Some writers leave the offset of a single file at 0.
    final double first = offset == 0 ? least : offset;
    if (!(first >= least)) throw badOffset(offset);
    requireHeld(in, name, header, first);
    final double gap = first - bytes.length;
    if (gap > MAX_EXTENSION_BYTES) throw badOffset(offset);
    final byte[] extensions = in.readUpTo((int) gap);
    if (extensions.length < (int) gap) throw new EOFException();
    return withExtensions(header, extensions);
  }

  private NiftiHeader withExtensions(final NiftiHeader header, final byte[] extender) {
    final int start = NiftiHeaderCodec.EXTENDER_BYTES;
    if (extender.length <= start || extender[0] == 0) return header;
    final List<NiftiExtension> found = new ArrayList<>();
    final byte[] bytes = Arrays.copyOfRange(extender, start, extender.length);
    if (!NiftiExtension.decode(bytes, header.byteOrder(), found))
      note(name + ": the header extensions are damaged; " + found.size() + " could be read.");
    return header.withExtensions(found);
  }

  private void requireDimensions(final NiftiHeader header) {
    final double[] dim = header.numbers(NiftiField.DIM);
    boolean valid = dim[0] >= 1 && dim[0] <= 7;
    for (int d = 1; valid && d <= dim[0]; d++) valid = dim[d] >= 1;
    if (!valid)
      throw new InvalidInputException(
          name
              + " has the dimensions "
              + Arrays.toString(Arrays.stream(dim).mapToLong(v -> (long) v).toArray())
              + " in its header; 1 to 7 sizes of 1 or more are needed: the file is damaged, export it again.");
    final double voxels = voxelCount(header);
    if (voxels > Integer.MAX_VALUE - 8)
      throw new InvalidInputException(
          String.format(
              "%s has %.0f voxels, more than the 2147483639 that one image can hold; crop or"
                  + " downsample it.",
              name, voxels));
  }

  private static double voxelCount(final NiftiHeader header) {
    double count = 1;
    for (final long size : header.dimensions()) count *= size;
    return count;
  }

  private InvalidInputException badOffset(final double offset) {
    return new InvalidInputException(
        String.format(
            "%s says that its voxels start at byte %.0f, which is outside the file or inside the"
                + " header; the file is damaged, export it again.",
            name, offset));
  }

  /** Refuses a file that cannot hold what its header promises, before memory is taken for it. */
  private void requireHeld(
      final NiftiStream in, final String file, final NiftiHeader header, final double offset) {
    final NiftiDataType type = typeOf(header);
    if (!in.mayHold(offset)) throw badOffset(offset);
    final double needed = voxelCount(header) * type.storage().bytes();
    if (!in.mayHold(offset + needed))
      throw new InvalidInputException(
          String.format(
              "%s is too small (%d bytes) for the %s voxels of %s that its header promises; it is"
                  + " truncated or damaged: copy or download it again.",
              file,
              in.fileSize(),
              Arrays.toString(header.dimensions()),
              type.toString().toLowerCase(Locale.ROOT)));
  }

  private NiftiDataType typeOf(final NiftiHeader header) {
    return NiftiDataType.ofCode((int) header.number(NiftiField.DATATYPE), name);
  }

  private NiftiImage readVoxels(final NiftiHeader header, final NiftiStream in) throws IOException {
    final Grid grid = gridOf(header);
    final NiftiDataType stored = typeOf(header);
    final double slope = header.number(NiftiField.SCL_SLOPE);
    final double inter = header.number(NiftiField.SCL_INTER);
    final boolean scaled =
        Double.isFinite(slope)
            && Double.isFinite(inter)
            && slope != 0
            && !(slope == 1 && inter == 0);
    final NiftiDataType type = scaled ? scaledType(stored, slope, inter) : stored;
    final int count = (int) voxelCount(header);
    requireMemory((double) count * type.storage().bytes());
    final Object array = type.storage().allocate(count);
    final VoxelDecoder decoder = new VoxelDecoder(in, header.byteOrder(), name, progress);
    if (scaled) decoder.decodeScaled(stored, slope, inter, array, count);
    else decoder.decode(stored, array, count);
    return new NiftiImage(array, type, header, grid, name, notices);
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
