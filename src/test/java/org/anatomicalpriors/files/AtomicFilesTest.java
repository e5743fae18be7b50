package org.anatomicalpriors.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anatomicalpriors.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {

  private static final byte[] OLD = "old".getBytes(StandardCharsets.UTF_8);
  private static final byte[] NEW = "new".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().collect(Collectors.toList());
    }
  }

  @Test
  void onlyLeftoversOfTheTargetAndOfEarlierProcessesAreDeleted() throws IOException {
    final String id = ".01234567-89ab-cdef-0123-456789abcdef.part";
    final Path old = Files.writeString(folder.resolve(".model.zip" + id), "half");
    final Path other = Files.writeString(folder.resolve(".other.zip" + id), "half");
    final FileTime before = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
    for (final Path file : List.of(old, other)) Files.setLastModifiedTime(file, before);
    final Path living =
        Files.writeString(folder.resolve(".model.zip" + id.replace('0', '1')), "at work");
    AtomicFiles.deleteLeftovers(folder.resolve("model.zip"));
    assertFalse(Files.exists(old));
    assertTrue(Files.exists(other));
    assertTrue(Files.exists(living));
  }

  @Test
  void targetIsUntouchedUntilTheWriterIsDone() throws IOException {
    final Path target = folder.resolve("a.txt");
    Files.write(target, OLD);
    AtomicFiles.write(
        target,
        out -> {
          out.write(NEW);
          out.flush();
          assertArrayEquals(OLD, Files.readAllBytes(target));
        });
    assertArrayEquals(NEW, Files.readAllBytes(target));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void writerMayCloseTheStream() throws IOException {
    final Path target = folder.resolve("a.txt");
    AtomicFiles.write(
        target,
        out -> {
          out.write(NEW);
          out.close();
        });
    assertArrayEquals(NEW, Files.readAllBytes(target));
  }

  @Test
  void fullDiskKeepsTheOldFileAndLeavesNothing() throws IOException {
    final Path target = folder.resolve("a.txt");
    Files.write(target, OLD);
    final UncheckedIOException e =
        assertThrows(
            UncheckedIOException.class,
            () ->
                AtomicFiles.write(
                    target,
                    out -> {
                      out.write(NEW);
                      throw new IOException("No space left on device");
                    }));
    assertEquals(
        "Could not write "
            + target
            + " (No space left on device); check that the disk is not full and that you may write"
            + " to this folder.",
        e.getMessage());
    assertArrayEquals(OLD, Files.readAllBytes(target));
    assertEquals(List.of("a.txt"), names());
  }

  /** The kernel's own full disk, reached through the stream that the writer is given. */
  @Test
  void fullDeviceIsReported() throws IOException {
    final Path full = Paths.get("/dev/full");
    assumeTrue(Files.exists(full), "no /dev/full");
    final Path target = folder.resolve("a.bin");
    final UncheckedIOException e =
        assertThrows(
            UncheckedIOException.class,
            () ->
                AtomicFiles.write(
                    target,
                    out -> {
                      try (OutputStream device = Files.newOutputStream(full)) {
                        device.write(new byte[1 << 20]);
                      }
                    }));
    assertTrue(e.getMessage().contains("disk is not full"), e.getMessage());
    assertEquals(List.of(), names());
  }

  @Test
  void anyOtherFailureLeavesNothingAndPassesThrough() throws IOException {
    final RuntimeException failure = new IllegalStateException("stopped");
    assertSame(
        failure,
        assertThrows(
            IllegalStateException.class,
            () ->
                AtomicFiles.write(
                    folder.resolve("a.txt"),
                    out -> {
                      throw failure;
                    })));
    assertEquals(List.of(), names());
  }

  @Test
  void missingFolderAndFolderAsTarget() {
    final Path lost = folder.resolve("none").resolve("a.txt");
    assertEquals(
        "The folder of " + lost + " does not exist; create it or choose another one.",
        assertThrows(InvalidInputException.class, () -> AtomicFiles.write(lost, out -> {}))
            .getMessage());
    assertEquals(
        folder + " is a folder and a file is to be written there; choose another name.",
        assertThrows(InvalidInputException.class, () -> AtomicFiles.write(folder, out -> {}))
            .getMessage());
  }

  @Test
  void symbolicLinkIsFollowed() throws IOException {
    final Path real = folder.resolve("real.txt");
    Files.write(real, OLD);
    final Path link = folder.resolve("link.txt");
    try {
      Files.createSymbolicLink(link, real);
    } catch (final IOException | UnsupportedOperationException e) {
      assumeTrue(false, "no symbolic links here");
    }
    AtomicFiles.write(link, out -> out.write(NEW));
    assertTrue(Files.isSymbolicLink(link));
    assertArrayEquals(NEW, Files.readAllBytes(real));
  }
}
