package org.anatomicalpriors.io.nifti;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The bytes of a file, decompressed if it is gzip by content (whatever its name says). */
final class NiftiStream implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 16;

  /** No deflate stream expands by more (1032:1, from its longest match of 258 bytes in 2 bits). */
  private static final long MAX_EXPANSION = 1032;

  /** Promises beyond this are kept by few files. */
  private static final long USUAL_EXPANSION = 64;

  private final InputStream in;
  private final boolean gzip;
  private final long fileSize;

  private NiftiStream(final InputStream in, final boolean gzip, final long fileSize) {
    this.in = in;
    this.gzip = gzip;
    this.fileSize = fileSize;
  }

  static NiftiStream open(final Path file) throws IOException {
    final InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      raw.mark(2);
      final boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      final InputStream in = gzip ? new GZIPInputStream(raw, BUFFER_BYTES) : raw;
      return new NiftiStream(in, gzip, Files.size(file));
    } catch (final IOException e) {
      raw.close();
      throw e;
    }
  }

  /** Size of the file on the disk. */
  long fileSize() {
    return fileSize;
  }

  /** False if the file is too small to hold so many bytes, however well it is compressed. */
  boolean mayHold(final double bytes) {
    return bytes <= (double) fileSize * (gzip ? MAX_EXPANSION : 1);
  }

  /**
   * Bytes for which memory may be taken before any have come: all that are promised, but of a
   * compressed file that promises unusually much only a few.
   */
  long takenAtOnce(final long promised) {
    return gzip && promised > USUAL_EXPANSION * fileSize ? 2 * fileSize : promised;
  }

  /** Up to {@code n} bytes: fewer at the end of the file. Memory grows only as data comes. */
  byte[] readUpTo(final int n) throws IOException {
    return in.readNBytes(n);
  }

  /** Fills part of an array, or throws {@link EOFException}. */
  void readFully(final byte[] bytes, final int offset, final int n) throws IOException {
    if (in.readNBytes(bytes, offset, n) < n) throw new EOFException();
  }

  void skip(final long n) throws IOException {
    long left = n;
    while (left > 0) {
      final long skipped = in.skip(left);
      if (skipped > 0) left -= skipped;
      else if (in.read() < 0) throw new EOFException();
      else left--;
    }
  }

  /** Reads one byte further, which makes gzip compare its checksum at the end of the data. */
  void checkEnd() throws IOException {
    in.read();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
