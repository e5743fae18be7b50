package org.anatomicalpriors.io.nifti;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Headers to and from the 348 bytes of NIfTI-1 and the 540 bytes of NIfTI-2. */
final class NiftiHeaderCodec {

  /** Bytes after the header that say whether extensions follow. */
  static final int EXTENDER_BYTES = 4;

  private static final byte[] NIFTI2_SIGNATURE = {'\r', '\n', 0x1a, '\n'};

  private NiftiHeaderCodec() {}

  static int size(final int version) {
    return version == 1 ? 348 : 540;
  }

  private static int magicOffset(final int version) {
    return version == 1 ? 344 : 4;
  }

  /** The version that a header's first four bytes announce, or 0 if they are not NIfTI. */
  static int version(final byte[] start) {
    for (int version = 1; version <= 2; version++)
      for (final ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN))
        if (ByteBuffer.wrap(start).order(order).getInt(0) == size(version)) return version;
    return 0;
  }

  /**
   * The header in {@code bytes}, without extensions, or null if the magic string is missing.
   *
   * @param version as {@link #version} found it
   */
  static NiftiHeader decode(final byte[] bytes, final int version) {
    final int magic = magicOffset(version);
    final boolean pair = bytes[magic + 1] == 'i';
    if (bytes[magic] != 'n'
        || !pair && bytes[magic + 1] != '+'
        || bytes[magic + 2] != '0' + version
        || bytes[magic + 3] != 0) return null;
    final ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (in.getInt(0) != size(version)) in.order(ByteOrder.BIG_ENDIAN);
    final Map<NiftiField, double[]> numbers = new EnumMap<>(NiftiField.class);
    final Map<NiftiField, String> texts = new EnumMap<>(NiftiField.class);
    for (final NiftiField field : NiftiField.values()) {
      in.position(field.offset(version));
      if (field.isText()) {
        texts.put(field, text(in, field.length()));
      } else {
        final double[] values = new double[field.length()];
        for (int i = 0; i < values.length; i++) values[i] = get(in, field.kind(version));
        numbers.put(field, values);
      }
    }
    return new NiftiHeader(version, in.order(), pair, numbers, texts, List.of());
  }

  /** Header, extender and extensions, padded to a multiple of 16 bytes. */
  static byte[] encode(
      final NiftiHeader header, final int version, final ByteOrder order, final boolean pair) {
    final ByteBuffer out = ByteBuffer.allocate(encodedSize(header, version)).order(order);
    out.putInt(0, size(version));
    out.position(magicOffset(version));
    out.put(new byte[] {'n', (byte) (pair ? 'i' : '+'), (byte) ('0' + version), 0});
    if (version == 2) out.put(NIFTI2_SIGNATURE);
    for (final NiftiField field : NiftiField.values()) {
      out.position(field.offset(version));
      if (field.isText()) {
        // The last byte stays 0: readers in C expect an end.
        final byte[] text = header.text(field).getBytes(StandardCharsets.ISO_8859_1);
        out.put(text, 0, Math.min(text.length, field.length() - 1));
      } else {
        for (final double value : header.numbers(field)) put(out, field.kind(version), value);
      }
    }
    if (!header.extensions().isEmpty()) {
      out.position(size(version));
      out.put((byte) 1);
      out.position(size(version) + EXTENDER_BYTES);
      for (final NiftiExtension extension : header.extensions()) extension.encode(out);
    }
    return out.array();
  }

  /** Bytes that {@link #encode} gives: where the voxels of a single file start. */
  static int encodedSize(final NiftiHeader header, final int version) {
    int size = size(version) + EXTENDER_BYTES;
    for (final NiftiExtension extension : header.extensions()) size += extension.storedSize();
    return size;
  }

  private static String text(final ByteBuffer in, final int length) {
    final byte[] bytes = new byte[length];
    in.get(bytes);
    int end = 0;
    while (end < length && bytes[end] != 0) end++;
    // One character per byte, so that any encoding comes back as it was.
    return new String(Arrays.copyOf(bytes, end), StandardCharsets.ISO_8859_1);
  }

  private static double get(final ByteBuffer in, final NiftiField.Kind kind) {
    switch (kind) {
      case BYTE:
        return in.get() & 0xff;
      case SHORT:
        return in.getShort();
      case INT:
        return in.getInt();
      case LONG:
        return in.getLong();
      case FLOAT:
        return in.getFloat();
      default:
        return in.getDouble();
    }
  }

  private static void put(final ByteBuffer out, final NiftiField.Kind kind, final double value) {
    switch (kind) {
      case BYTE:
        out.put((byte) (int) value);
        break;
      case SHORT:
        out.putShort((short) value);
        break;
      case INT:
        out.putInt((int) value);
        break;
      case LONG:
        out.putLong((long) value);
        break;
      case FLOAT:
        out.putFloat((float) value);
        break;
      default:
        out.putDouble(value);
    }
  }
}
