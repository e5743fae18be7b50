package org.anatomicalpriors.io.nifti;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.anatomicalpriors.InvalidInputException;

/** Reads a header from the start of a file and refuses those that cannot be true. */
final class NiftiHeaderReader {

  private static final int MAX_EXTENSION_BYTES = 1 << 28;

  /** The longest array that every Java machine can make. */
  private static final int MAX_VOXELS = Integer.MAX_VALUE - 8;

  private final String name;
  private final Consumer<String> notes;

  /**
   * @param name what to call the file in messages
   * @param notes is told what had to be assumed
   */
  NiftiHeaderReader(final String name, final Consumer<String> notes) {
    this.name = name;
    this.notes = notes;
  }

  /** Reads up to the first voxel of a single file, or to the end of a header file. */
  NiftiHeader read(final NiftiStream in) throws IOException {
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
      notes.accept(
          name + ": the header extensions are damaged; " + found.size() + " could be read.");
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
    if (voxels > MAX_VOXELS)
      throw new InvalidInputException(
          String.format(
              "%s has %.0f voxels, more than the 2147483639 that one image can hold; crop or"
                  + " downsample it.",
              name, voxels));
  }

  static double voxelCount(final NiftiHeader header) {
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
  void requireHeld(
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

  NiftiDataType typeOf(final NiftiHeader header) {
    return NiftiDataType.ofCode((int) header.number(NiftiField.DATATYPE), name);
  }
}
