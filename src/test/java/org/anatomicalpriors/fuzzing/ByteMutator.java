package org.anatomicalpriors.fuzzing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Damages bytes of any kind: flips, cuts, repetitions, numbers, parts of another file. */
final class ByteMutator {

  private static final int MOST_STEPS = 4;
  private static final int LONGEST_PART = 300;

  private ByteMutator() {}

  /**
   * A damaged copy.
   *
   * @param other a file of the same kind, parts of which may be put in
   */
  static byte[] mutate(final byte[] file, final byte[] other, final SplittableRandom random) {
    byte[] b = file.clone();
    for (int steps = 1 + random.nextInt(MOST_STEPS); steps > 0 && b.length > 0; steps--)
      b = step(b, other, random);
    return b;
  }

  private static byte[] step(final byte[] b, final byte[] other, final SplittableRandom random) {
    final int at = place(b.length, random);
    final int part = 1 + random.nextInt(Math.min(LONGEST_PART, b.length - at));
    switch (random.nextInt(9)) {
      case 0:
        b[at] ^= (byte) (1 << random.nextInt(8));
        return b;
      case 1:
        b[at] = (byte) random.nextInt();
        return b;
      case 2:
        return Arrays.copyOf(b, at);
      case 3: // taken out
        return join(b, at, b, at, 0, at + part);
      case 4: // repeated
        return join(b, at + part, b, at, part, at + part);
      case 5: // from another file
        if (other.length == 0) return b;
        final int from = place(other.length, random);
        return join(b, at, other, from, Math.min(part, other.length - from), at);
      case 6: // goes on as another file
        return join(b, at, other, Math.min(at, other.length), Math.max(0, other.length - at), -1);
      case 7:
        Arrays.fill(b, at, at + part, random.nextBoolean() ? 0 : (byte) random.nextInt());
        return b;
      default:
        return number(b, random);
    }
  }

  /** Half of the places are near the start, where headers are. */
  private static int place(final int length, final SplittableRandom random) {
    return random.nextInt(random.nextBoolean() ? length : Math.min(length, 600));
  }

  /** The first {@code n} bytes, a part of another array, then the rest from {@code rest} on. */
  private static byte[] join(
      final byte[] b,
      final int n,
      final byte[] other,
      final int from,
      final int part,
      final int rest) {
    final int more = rest < 0 ? 0 : b.length - rest;
    final byte[] out = Arrays.copyOf(b, n + part + more);
    System.arraycopy(other, from, out, n, part);
    if (more > 0) System.arraycopy(b, rest, out, n + part, more);
    return out;
  }

  /** A number where numbers stand: at a multiple of its own size. */
  private static byte[] number(final byte[] b, final SplittableRandom random) {
    final int size = 1 << random.nextInt(4);
    if (b.length < size) return b;
    final int at = place(b.length / size, random) * size;
    if (at + size > b.length) return b;
    final ByteBuffer in =
        ByteBuffer.wrap(b)
            .order(random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    final double v = Numbers.any(random);
    final boolean real = random.nextBoolean();
    if (size == 1) in.put(at, (byte) v);
    else if (size == 2) in.putShort(at, (short) v);
    else if (size == 4) in.putInt(at, real ? Float.floatToRawIntBits((float) v) : (int) v);
    else in.putLong(at, real ? Double.doubleToRawLongBits(v) : (long) v);
    return b;
  }
}
