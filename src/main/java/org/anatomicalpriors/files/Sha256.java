package org.anatomicalpriors.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 in lower-case hexadecimal. */
public final class Sha256 {

  private Sha256() {}

  /**
   * Of a file.
   *
   * @throws UncheckedIOException if it cannot be read
   */
  public static String of(final Path file) {
    final MessageDigest digest = digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (final IOException e) {
      throw new UncheckedIOException(file + " could not be read.", e);
    }
    return end(digest);
  }

  public static String of(final byte[] bytes) {
    final MessageDigest digest = digest();
    digest.update(bytes);
    return end(digest);
  }

  /** One to be told the bytes as they come. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /** Of all that a digest was told. */
  public static String end(final MessageDigest digest) {
    final StringBuilder s = new StringBuilder();
    for (final byte b : digest.digest())
      s.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
    return s.toString();
  }
}
