package org.anatomicalpriors.files;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.anatomicalpriors.InvalidInputException;

/**
 * Blocks of bytes that are too many for the memory: written one after the other, read in any order,
 * gone when it is closed. The file is hidden and never has a final name. Where the system allows it
 * (Linux, macOS) it has no name at all once it is open, so that nothing is left of it however its
 * process ends; elsewhere, {@link AtomicFiles#deleteLeftovers} deletes what a killed process left.
 * Thread-safe; an interrupted thread does not close it.
 */
public final class ScratchFile implements AutoCloseable {

  private static final double MEGA = 1e6;

  private final Path path;
  private final RandomAccessFile file;
  private long size;

  private ScratchFile(final Path path, final RandomAccessFile file) {
    this.path = path;
    this.file = file;
  }

  /**
   * An empty one in the folder of a file that is to be written.
   *
   * @throws InvalidInputException if the folder does not exist
   * @throws UncheckedIOException if nothing can be written there, with a sentence that says so
   */
  public static ScratchFile beside(final Path target) {
    final Path path = AtomicFiles.temporary(target);
    try {
      final RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
      forget(path.toFile());
      return new ScratchFile(path, file);
    } catch (final IOException e) {
      throw new UncheckedIOException(
          "No temporary file could be made in "
              + path.getParent()
              + " ("
              + e.getMessage()
              + "); check that you may write to this folder, or choose another one for the output.",
          e);
    }
  }

  /** Takes the name away while the file is open; Windows refuses and deletes it at the end. */
  private static void forget(final File path) {
    if (!path.delete()) path.deleteOnExit();
  }

  /**
   * Writes a block behind all others.
   *
   * @return where it begins
   * @throws UncheckedIOException if the disk is full, with a sentence that says so
   */
  public synchronized long append(final byte[] block) {
    final long start = size;
    try {
      file.seek(start);
      file.write(block);
    } catch (final IOException e) {
      throw new UncheckedIOException(
          String.format(
              "A temporary file in %s could not grow beyond %.0f MB (%s); check that the disk is not full, choose another folder for the output, or give Java more memory.",
              path.getParent(), start / MEGA, e.getMessage()),
          e);
    }
    size += block.length;
    return start;
  }

  /**
   * Reads what was written.
   *
   * @param start what {@link #append} gave
   * @throws UncheckedIOException if it cannot be read, with a sentence that says so
   */
  public synchronized byte[] read(final long start, final int length) {
    final byte[] block = new byte[length];
    try {
      file.seek(start);
      file.readFully(block);
    } catch (final IOException e) {
      throw new UncheckedIOException(
          "A temporary file in "
              + path.getParent()
              + " could not be read ("
              + e.getMessage()
              + "); check the disk and start again.",
          e);
    }
    return block;
  }

  /** Bytes on the disk. */
  public synchronized long size() {
    return size;
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
      Files.deleteIfExists(path);
    } catch (final IOException e) {
      // A hidden file that stays does no harm, and the next run deletes it.
    }
  }
}
