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

  /** Promises beyond this are kept by few files, so these are unpacked once to see. */
  private static final long USUAL_EXPANSION = 64;

  private final Path file;
  private final InputStream in;
  private final boolean gzip;
  private final long fileSize;

  private NiftiStream(
      final Path file, final InputStream in, final boolean gzip, final long fileSize) {
    this.file = file;
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
      return new NiftiStream(file, in, gzip, Files.size(file));
    } catch (final IOException e) {
      raw.close();
      throw e;
    }
  }

  /** Size of the file on the disk. */
  long fileSize() {
    return fileSize;
  }

  /**
   * False if the file is too small to hold so many bytes. A compressed file that promises unusually
   * much is unpacked for that, without keeping anything.
   */
  boolean mayHold(final double bytes) throws IOException {
    if (!gzip) return bytes <= fileSize;
    if (bytes <= (double) USUAL_EXPANSION * fileSize) return true;
    return bytes <= (double) MAX_EXPANSION * fileSize && unpacksTo((long) bytes);
  }

  private boolean unpacksTo(final long bytes) throws IOException {
    final byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream again = new GZIPInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
      long left = bytes;
      for (int n; left > 0 && (n = again.read(buffer)) > 0; ) left -= n;
      return left <= 0;
    }
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
