package org.anatomicalpriors.io.nifti;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A header extension, kept as it is: its registered code (such as 4 for AFNI, 6 for a comment, 30
 * for CIFTI, 44 for MGH label tables) and its bytes, including the padding.
 */
public final class NiftiExtension {

  private final int code;
  private final byte[] content;

  public NiftiExtension(final int code, final byte[] content) {
    this.code = code;
    this.content = content.clone();
  }

  public int code() {
    return code;
  }

  public byte[] content() {
    return content.clone();
  }

  /** Size in the file: 8 bytes of size and code, the content, padded to a multiple of 16. */
  int storedSize() {
    return (8 + content.length + 15) / 16 * 16;
  }

  void encode(final ByteBuffer out) {
    final int end = out.position() + storedSize();
    out.putInt(storedSize()).putInt(code).put(content).position(end);
  }

  /**
   * Appends the extensions stored in {@code bytes} to {@code found}.
   *
   * @return false if the bytes are damaged, after appending what could be read
   */
  static boolean decode(
      final byte[] bytes, final ByteOrder order, final List<NiftiExtension> found) {
    final ByteBuffer in = ByteBuffer.wrap(bytes).order(order);
    while (in.remaining() >= 16) {
      final int size = in.getInt();
      final int code = in.getInt();
      if (size == 0) return true; // padding up to the voxels
      if (size < 8 || size - 8 > in.remaining()) return false;
      final byte[] content = new byte[size - 8];
      in.get(content);
      found.add(new NiftiExtension(code, content));
    }
    return true;
  }
}
