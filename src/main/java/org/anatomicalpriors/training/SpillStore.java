package org.anatomicalpriors.training;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import org.anatomicalpriors.files.ScratchFile;
import org.anatomicalpriors.progress.Progress;

/**
 * Keeps the values that it is given: the first ones in memory, up to a limit, and all others in a
 * {@link ScratchFile}, from which they are read each time they are needed. One thread adds; any may
 * read.
 *
 * <p>Which values stay in memory does not change. As a training draws all with the same chance,
 * keeping those that were used last would not hit more often.
 */
final class SpillStore<T> implements AutoCloseable {

  /** How a value is written, so that it comes back to the bit. */
  interface Codec<T> {

    /** Bytes that a value takes in memory. */
    long bytes(T value);

    byte[] encode(T value);

    T decode(byte[] coded);
  }

  private static final double MEGA = 1e6;

  private final Codec<T> codec;
  private final Path target;
  private final long most;
  private ScratchFile scratch;
  private long held;
  private long largest;
  private int onDisk;

  /**
   * @param target file in whose folder the scratch file is made, once one is needed
   * @param most bytes of values to keep in memory
   */
  SpillStore(final Codec<T> codec, final Path target, final long most) {
    this.codec = codec;
    this.target = target;
    this.most = most;
  }

  /**
   * Takes a value.
   *
   * @return gives it back, until this is closed
   */
  Supplier<T> add(final T value) {
    final long bytes = codec.bytes(value);
    largest = Math.max(largest, bytes);
    if (held + bytes <= most) {
      held += bytes;
      return () -> value;
    }
    if (scratch == null) scratch = ScratchFile.beside(target);
    final ScratchFile file = scratch;
    final byte[] coded = codec.encode(value);
    final int length = coded.length;
    final long start = file.append(coded);
    onDisk++;
    return () -> codec.decode(file.read(start, length));
  }

  /** Bytes of all values that are in memory. */
  long held() {
    return held;
  }

  /** Bytes that the largest value takes in memory. */
  long largest() {
    return largest;
  }

  /** Whether some values are read from the disk. */
  boolean isOnDisk() {
    return onDisk > 0;
  }

  /**
   * Tells if some values are on the disk, and how large the file is.
   *
   * @param what the values, as people call them
   * @param count how many there are
   */
  void tell(final String what, final int count, final Progress progress) {
    if (!isOnDisk()) return;
    progress.log(
        String.format(
            Locale.ROOT,
            "%d of %d %s are read from a temporary file of %.1f MB, as more would take too much of Java's memory.",
            onDisk,
            count,
            what,
            scratch.size() / MEGA));
  }

  @Override
  public void close() {
    if (scratch != null) scratch.close();
  }
}
