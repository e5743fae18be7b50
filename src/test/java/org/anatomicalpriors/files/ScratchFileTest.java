package org.anatomicalpriors.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.anatomicalpriors.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFileTest {

  @TempDir Path folder;

  private String[] names() {
    return folder.toFile().list();
  }

  @Test
  void blocksComeBackInAnyOrderAndNothingStays() {
    final byte[] first = {1, 2, 3}, second = {}, third = {4, 5};
    try (ScratchFile file = ScratchFile.beside(folder.resolve("model.zip"))) {
      final long a = file.append(first), b = file.append(second), c = file.append(third);
      assertArrayEquals(third, file.read(c, 2));
      assertArrayEquals(second, file.read(b, 0));
      assertArrayEquals(first, file.read(a, 3));
      assertEquals(5, file.size());
    }
    assertArrayEquals(new String[0], names());
  }

  /** So nothing is left of it by a process that is killed. */
  @Test
  void itHasNoNameWhileItIsOpen() {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    try (ScratchFile file = ScratchFile.beside(folder.resolve("model.zip"))) {
      assertArrayEquals(new String[0], names());
      assertEquals(0, file.append(new byte[1]));
    }
  }

  @Test
  void aNameThatStaysIsThatOfALeftover() {
    final Path target = folder.resolve("model.zip");
    assertEquals(target, AtomicFiles.targetOf(AtomicFiles.temporary(target)).orElseThrow());
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    final Path nowhere = folder.resolve("nowhere").resolve("model.zip");
    final String message =
        assertThrows(InvalidInputException.class, () -> ScratchFile.beside(nowhere)).getMessage();
    assertTrue(message.contains(nowhere.toString()), message);
  }

  @Test
  void aFolderThatCannotBeWrittenIsTold() {
    assumeTrue(Files.isDirectory(Path.of("/proc")), "no such folder");
    final String message =
        assertThrows(
                UncheckedIOException.class, () -> ScratchFile.beside(Path.of("/proc/model.zip")))
            .getMessage();
    assertTrue(message.startsWith("No temporary file could be made in /proc ("), message);
  }

  @Test
  void whatWasNotWrittenCannotBeRead() {
    try (ScratchFile file = ScratchFile.beside(folder.resolve("model.zip"))) {
      file.append(new byte[4]);
      final String message =
          assertThrows(UncheckedIOException.class, () -> file.read(2, 4)).getMessage();
      assertTrue(message.endsWith("); check the disk and start again."), message);
    }
  }
}
