package org.anatomicalpriors.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.anatomicalpriors.Excerpt;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.files.Sha256;

/**
 * The entries of a model file, which may come from anywhere: only those with known names, each
 * once, none that unpacks to more than it says or out of proportion to the file, and only as the
 * file's checksums tell. Entries that are links or folders elsewhere are content like any other:
 * nothing is made of them.
 */
final class BundleEntries implements AutoCloseable {

  /**
   * How far an entry may unpack, by its packed size: far below what deflate can do (1032), far
   * above what descriptions and graphs do (10), which are read into many objects.
   */
  private static final long MOST_EXPANSION = 100;

  /** Any expansion up to this size, in bytes, is harmless. */
  private static final long HARMLESS = 1 << 16;

  /** Variables go to the disk, and are well packed where the anatomy ends. */
  private static final long MOST_EXPANSION_ON_DISK = 200;

  private static final long HARMLESS_ON_DISK = 64 << 20;

  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;
  private final ZipFile zip;

  private BundleEntries(final Path file, final ZipFile zip) {
    this.file = file;
    this.zip = zip;
  }

  /**
   * @param known names that an entry may have
   * @throws InvalidInputException if there is another, or one twice
   */
  static BundleEntries open(final Path file, final Collection<String> known) throws IOException {
    final ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (final IllegalArgumentException | NegativeArraySizeException e) {
      // What some versions of Java throw at names and counts that cannot be.
      throw damaged(file, "its list of entries is damaged", e);
    }
    final BundleEntries entries = new BundleEntries(file, zip);
    try {
      entries.requireKnown(known);
    } catch (final InvalidInputException e) {
      zip.close();
      throw e;
    }
    return entries;
  }

  private void requireKnown(final Collection<String> known) {
    final Set<String> seen = new HashSet<>();
    for (final Enumeration<? extends ZipEntry> e = zip.entries(); e.hasMoreElements(); ) {
      final String name = e.nextElement().getName();
      if (!known.contains(name))
        throw damaged(file, "it holds the unknown entry " + Excerpt.of(name), null);
      if (!seen.add(name)) throw damaged(file, "it holds the entry " + name + " twice", null);
    }
  }

  boolean has(final String name) {
    return zip.getEntry(name) != null;
  }

  /** The text of an entry, whatever its checksum. */
  String text(final String name, final long most) throws IOException {
    final ZipEntry entry = entry(name, most, Math.max(HARMLESS, MOST_EXPANSION * packed(name)));
    try (InputStream in = zip.getInputStream(entry)) {
      final byte[] bytes = in.readNBytes((int) entry.getSize() + 1);
      if (bytes.length > entry.getSize()) throw larger(name);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** The text of an entry with the checksum that is told of it. */
  String checked(final String name, final long most, final Map<String, String> checksums)
      throws IOException {
    final String text = text(name, most);
    requireChecksum(name, Sha256.of(text.getBytes(StandardCharsets.UTF_8)), checksums);
    return text;
  }

  /** Unpacks a file that is parsed later, with the checksum that is told of it. */
  void copy(
      final String name, final long most, final Map<String, String> checksums, final Path target)
      throws IOException {
    copy(entry(name, most, Math.max(HARMLESS, MOST_EXPANSION * packed(name))), checksums, target);
  }

  /** Unpacks a file that stays on the disk, in the same way. */
  void copyVariables(
      final String name, final long most, final Map<String, String> checksums, final Path target)
      throws IOException {
    final long limit = Math.max(HARMLESS_ON_DISK, MOST_EXPANSION_ON_DISK * packed(name));
    copy(entry(name, most, limit), checksums, target);
  }

  private void copy(final ZipEntry entry, final Map<String, String> checksums, final Path target)
      throws IOException {
    final String name = entry.getName();
    final MessageDigest digest = Sha256.digest();
    final byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = zip.getInputStream(entry);
        OutputStream out = Files.newOutputStream(target)) {
      long left = entry.getSize();
      for (int n; (n = in.read(buffer)) > 0; left -= n) {
        if (n > left) throw larger(name);
        digest.update(buffer, 0, n);
        write(out, buffer, n, target);
      }
    }
    requireChecksum(name, Sha256.end(digest), checksums);
  }

  /** What cannot be written is not the model's fault. */
  private void write(
      final OutputStream out, final byte[] buffer, final int count, final Path target) {
    try {
      out.write(buffer, 0, count);
    } catch (final IOException e) {
      throw new UncheckedIOException(
          "The model "
              + file
              + " could not be unpacked to "
              + target.getParent()
              + " ("
              + e.getMessage()
              + "); check that the disk is not full, or set java.io.tmpdir to a folder that can be written.",
          e);
    }
  }

  private void requireChecksum(
      final String name, final String found, final Map<String, String> checksums) {
    if (!found.equals(checksums.get(name)))
      throw damaged(file, "the checksum of " + name + " differs", null);
  }

  /** Bytes that an entry takes in the file, whatever it says. */
  private long packed(final String name) throws IOException {
    final ZipEntry entry = zip.getEntry(name);
    return entry == null ? 0 : Math.min(entry.getCompressedSize(), Files.size(file));
  }

  private ZipEntry entry(final String name, final long most, final long inProportion)
      throws IOException {
    final ZipEntry entry = zip.getEntry(name);
    if (entry == null || entry.getSize() < 0 || entry.getSize() > most)
      throw damaged(file, "the entry " + name + " is missing or too large", null);
    if (entry.getSize() > inProportion)
      throw damaged(
          file,
          "the entry " + name + " would unpack to " + entry.getSize() + " bytes of " + packed(name),
          null);
    return entry;
  }

  private InvalidInputException larger(final String name) {
    return damaged(file, "the entry " + name + " is larger than it says", null);
  }

  InvalidInputException damaged(final String why, final Throwable cause) {
    return damaged(file, why, cause);
  }

  static InvalidInputException damaged(final Path file, final String why, final Throwable cause) {
    return new InvalidInputException(
        file + " is no intact model file (" + why + "); get it again or train a new one.", cause);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
