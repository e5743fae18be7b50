package org.anatomicalpriors.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.io.ImageFiles;

/**
 * The identity of an image's file, where, how large, when changed, and on request its hash, and of
 * the files of its other channels and its mask.
 */
public final class InputFile {

  private final Path file;
  private final long bytes;
  private final Instant modified;
  private final List<InputFile> channels;
  private final InputFile mask;
  private String sha256;

  private InputFile(
      final Path file,
      final long bytes,
      final Instant modified,
      final List<InputFile> channels,
      final InputFile mask) {
    this.file = file;
    this.bytes = bytes;
    this.modified = modified;
    this.channels = channels;
    this.mask = mask;
  }

  /**
   * Looks at a file; of a header and its voxels at both.
   *
   * @throws InvalidInputException if it is not there
   */
  public static InputFile of(final Path file) {
    long bytes = 0;
    Instant modified = Instant.MIN;
    try {
      for (final Path part : ImageFiles.parts(file)) {
        final BasicFileAttributes a = Files.readAttributes(part, BasicFileAttributes.class);
        bytes += a.size();
        final Instant time = a.lastModifiedTime().toInstant();
        if (time.isAfter(modified)) modified = time;
      }
    } catch (final IOException e) {
      throw new InvalidInputException(
          file + " could not be looked at (" + e + "); check that it is there and readable.", e);
    }
    return new InputFile(file, bytes, modified, List.of(), null);
  }

  /**
   * Looks at a file, at its other channels and at its mask.
   *
   * @param mask null for none
   * @throws InvalidInputException if one is not there
   */
  public static InputFile of(final Path file, final List<Path> channels, final Path mask) {
    final InputFile own = of(file);
    final List<InputFile> others = new ArrayList<>();
    channels.forEach(c -> others.add(of(c)));
    return new InputFile(
        own.file,
        own.bytes,
        own.modified,
        Collections.unmodifiableList(others),
        mask == null ? null : of(mask));
  }

  /** The files of its other channels. */
  public List<InputFile> channels() {
    return channels;
  }

  /** The file of its mask, or null if there is none. */
  public InputFile mask() {
    return mask;
  }

  public Path file() {
    return file;
  }

  /** Absolute path, as text. */
  public String path() {
    return file.toAbsolutePath().normalize().toString();
  }

  public long bytes() {
    return bytes;
  }

  public Instant modified() {
    return modified;
  }

  /** SHA-256 of the content, computed once. */
  public synchronized String sha256() {
    if (sha256 == null) sha256 = ImageFiles.hash(file);
    return sha256;
  }
}
