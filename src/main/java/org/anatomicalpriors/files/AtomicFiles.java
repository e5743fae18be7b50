package org.anatomicalpriors.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anatomicalpriors.InvalidInputException;

/**
 * Writes files whole or not at all: to a temporary name in the target's folder, forced to the disk,
 * then moved over the target. Whoever reads the target sees the old file or the new one, never a
 * part.
 */
public final class AtomicFiles {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final String TEMPORARY_ENDING = ".part";
  private static final Pattern TEMPORARY =
      Pattern.compile("\\.(.+)\\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.part");

  private AtomicFiles() {}

  /**
   * Writes {@code target}; an existing file is replaced, a symbolic link is followed.
   *
   * @param writer writes the content to the (buffered) stream it is given; it need not close it
   * @throws InvalidInputException if the target's folder does not exist or the target is a folder
   * @throws UncheckedIOException if writing fails, with a sentence that names the file; the
   *     temporary file is deleted and an older target stays as it was
   */
  public static void write(final Path target, final IOConsumer<OutputStream> writer) {
    final Path file = resolve(target.toAbsolutePath());
    final Path temporary = sibling(file);
    boolean moved = false;
    try {
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        final OutputStream out =
            new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
        writer.accept(out);
        // A writer may have closed the stream, and with it the channel; then all was written.
        if (channel.isOpen()) {
          out.flush();
          channel.force(true);
        }
      }
      move(temporary, file);
      moved = true;
    } catch (final IOException e) {
      throw failure(target, e);
    } finally {
      if (!moved) deleteQuietly(temporary);
    }
  }

  /**
   * A new temporary name in the target's folder, of the kind that {@link #deleteLeftovers} knows.
   *
   * @throws InvalidInputException if the target's folder does not exist or the target is a folder
   */
  static Path temporary(final Path target) {
    return sibling(resolve(target.toAbsolutePath()));
  }

  private static Path sibling(final Path file) {
    return file.resolveSibling(
        "." + file.getFileName() + "." + UUID.randomUUID() + TEMPORARY_ENDING);
  }

  /**
   * The file that was to be written when this temporary one was left by a process that was killed
   * (or that is still at it); empty if it is no temporary file of this class.
   */
  public static Optional<Path> targetOf(final Path temporary) {
    final Matcher m = TEMPORARY.matcher(temporary.getFileName().toString());
    return m.matches() ? Optional.of(temporary.resolveSibling(m.group(1))) : Optional.empty();
  }

  /**
   * Deletes temporary files of this target that a process left which was killed: those that were
   * last written before this process began. As far as that is possible; they do no harm.
   */
  public static void deleteLeftovers(final Path target) {
    final Path file = target.toAbsolutePath();
    final long began = ManagementFactory.getRuntimeMXBean().getStartTime();
    try (DirectoryStream<Path> parts =
        Files.newDirectoryStream(
            file.getParent(), p -> targetOf(p).filter(file::equals).isPresent())) {
      for (final Path part : parts)
        if (Files.getLastModifiedTime(part).toMillis() < began) deleteQuietly(part);
    } catch (final IOException | DirectoryIteratorException e) {
      return; // Somebody else deletes it, or the folder is not to be listed.
    }
  }

  private static Path resolve(final Path target) {
    final Path folder = target.getParent();
    if (folder == null || !Files.isDirectory(folder))
      throw new InvalidInputException(
          "The folder of " + target + " does not exist; create it or choose another one.");
    if (Files.isDirectory(target))
      throw new InvalidInputException(
          target + " is a folder and a file is to be written there; choose another name.");
    try {
      return Files.isSymbolicLink(target) && Files.exists(target) ? target.toRealPath() : target;
    } catch (final IOException e) {
      throw failure(target, e);
    }
  }

  private static void move(final Path from, final Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (final AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** The sentence for a folder to which nothing can be written. */
  public static UncheckedIOException unwritable(final Path folder, final IOException cause) {
    return new UncheckedIOException(
        "Nothing can be written to "
            + folder
            + " ("
            + cause.getMessage()
            + "); check that it is there and that you may write to it.",
        cause);
  }

  private static UncheckedIOException failure(final Path target, final IOException cause) {
    final String reason =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new UncheckedIOException(
        "Could not write "
            + target
            + " ("
            + reason
            + "); check that the disk is not full and that you may write to this folder.",
        cause);
  }

  private static void deleteQuietly(final Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (final IOException e) {
      // The first failure is the one to report; a leftover hidden file does no harm.
      temporary.toFile().deleteOnExit();
    }
  }
}
