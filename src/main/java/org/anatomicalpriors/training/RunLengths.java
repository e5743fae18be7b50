package org.anatomicalpriors.training;

import java.util.Arrays;

/**
 * Bytes as runs of equal ones: the byte, then the run's length in groups of seven bits, lowest
 * first, each but the last with its eighth bit set. Label maps shrink to about a tenth, and come
 * back at a speed near that of memory.
 */
final class RunLengths {

  private static final int MOST_BYTES_OF_A_RUN = 6;

  private RunLengths() {}

  static byte[] encode(final byte[] plain) {
    byte[] coded = new byte[Math.max(64, plain.length / 8)];
    int n = 0;
    for (int i = 0; i < plain.length; ) {
      final int start = i;
      while (++i < plain.length && plain[i] == plain[start]) {}
      if (n + MOST_BYTES_OF_A_RUN > coded.length)
        coded = Arrays.copyOf(coded, coded.length + coded.length / 2);
      coded[n++] = plain[start];
      int length = i - start;
      for (; length > 0x7f; length >>>= 7) coded[n++] = (byte) (length | 0x80);
      coded[n++] = (byte) length;
    }
    return Arrays.copyOf(coded, n);
  }

  /**
   * @param length number of bytes that were coded
   */
  static byte[] decode(final byte[] coded, final int length) {
    final byte[] plain = new byte[length];
    for (int n = 0, at = 0; n < coded.length; ) {
      final byte value = coded[n++];
      int run = 0;
      for (int shift = 0; ; shift += 7) {
        final byte group = coded[n++];
        run |= (group & 0x7f) << shift;
        if (group >= 0) break;
      }
      if (value != 0) Arrays.fill(plain, at, at + run, value);
      at += run;
    }
    return plain;
  }
}
