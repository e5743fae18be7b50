package org.anatomicalpriors.io.nifti;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Sets fields in the bytes of a NIfTI file, to what no writer would put there. */
public final class HeaderFields {

  private HeaderFields() {}

  /** True if there are enough bytes for a header, of the version that they announce. */
  public static boolean isHeader(final byte[] file) {
    final int version = file.length < 4 ? 0 : NiftiHeaderCodec.version(file);
    return version > 0 && file.length >= NiftiHeaderCodec.size(version);
  }

  /** Sets one number of a field, as far as its kind can hold it. */
  public static void set(
      final byte[] file, final NiftiField field, final int index, final double value) {
    final int version = NiftiHeaderCodec.version(file);
    final ByteBuffer b = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (b.getInt(0) != NiftiHeaderCodec.size(version)) b.order(ByteOrder.BIG_ENDIAN);
    final int at = field.offset(version);
    switch (field.kind(version)) {
      case BYTE:
        b.put(at + index, (byte) value);
        break;
      case SHORT:
        b.putShort(at + 2 * index, (short) value);
        break;
      case INT:
        b.putInt(at + 4 * index, (int) value);
        break;
      case LONG:
        b.putLong(at + 8 * index, (long) value);
        break;
      case FLOAT:
        b.putFloat(at + 4 * index, (float) value);
        break;
      case DOUBLE:
        b.putDouble(at + 8 * index, value);
        break;
      default:
        b.put(at + index, (byte) value);
    }
  }
}
