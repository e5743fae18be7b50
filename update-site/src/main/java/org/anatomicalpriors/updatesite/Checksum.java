package org.anatomicalpriors.updatesite;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Checksums as ImageJ's updater computes them, SHA-1 in lower-case hexadecimal digits.
 *
 * <p>A jar is told by the names and contents of its entries in order of their names: neither times
 * nor the manifest nor comments in {@code .properties} files count, so that a jar built again is
 * the same. Any other file is told by its path and its bytes.
 */
final class Checksum {

  private static final int BUFFER = 1 << 16;

  private Checksum() {}

  /**
   * @param path relative to Fiji's folder
   * @throws IOException if the file cannot be read, or a jar is none
   */
  static String of(final String path, final Path file) throws IOException {
    final MessageDigest digest = sha1();
    if (path.endsWith(".jar")) addJar(file, digest);
    else {
      digest.update(path.getBytes(StandardCharsets.US_ASCII));
      try (InputStream in = Files.newInputStream(file)) {
        add(in, digest);
      }
    }
    final StringBuilder hex = new StringBuilder();
    for (final byte b : digest.digest()) hex.append(String.format("%02x", b));
    return hex.toString();
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  private static void addJar(final Path file, final MessageDigest digest) throws IOException {
    try (ZipFile jar = new ZipFile(file.toFile())) {
      final List<? extends ZipEntry> entries =
          jar.stream().sorted(Comparator.comparing(ZipEntry::getName)).collect(Collectors.toList());
      for (final ZipEntry entry : entries) {
        final String name = entry.getName();
        digest.update(name.getBytes(StandardCharsets.US_ASCII));
        if (name.equals("META-INF/MANIFEST.MF")) continue;
        try (InputStream in = jar.getInputStream(entry)) {
          if (name.endsWith(".properties")) digest.update(withoutComments(in.readAllBytes()));
          else add(in, digest);
        }
      }
    }
  }

  private static void add(final InputStream in, final MessageDigest digest) throws IOException {
    final byte[] buffer = new byte[BUFFER];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) digest.update(buffer, 0, n);
  }

  /**
   * Lines that start with {@code #} become empty. The updater takes an empty line, and one of
   * {@code #} alone, for no end of a line: what follows it stays, {@code #} or not.
   */
  static byte[] withoutComments(final byte[] properties) {
    final ByteArrayOutputStream out = new ByteArrayOutputStream(properties.length);
    boolean start = true;
    int i = 0;
    while (i < properties.length) {
      final byte b = properties[i++];
      if (!start) {
        out.write(b);
        start = b == '\n';
      } else if (b != '#') {
        out.write(b);
        start = false;
      } else {
        while (i < properties.length && properties[i] == '#') i++;
        start = i < properties.length && properties[i] != '\n';
        while (i < properties.length && properties[i] != '\n') i++;
        if (i++ < properties.length) out.write('\n');
      }
    }
    return out.toByteArray();
  }
}
