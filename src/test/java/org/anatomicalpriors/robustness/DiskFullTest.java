package org.anatomicalpriors.robustness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anatomicalpriors.processes.ChildProcess;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that cannot write more than some bytes to a file, as on a disk that gets full (the
 * shell's {@code ulimit -f}), and folders in which nobody may write.
 */
class DiskFullTest {

  /** Units of 512 bytes: enough for what a command says, not for a model. */
  private static final String NO_MODEL = "16";

  /** Enough for the model to be unpacked, not for the montage. */
  private static final String NO_MONTAGE = "900";

  /** Nobody, not even the administrator, can make files in it. */
  private static final Path READ_ONLY = Path.of("/proc");

  @TempDir static Path folder;
  private static ToyWork toy;

  @BeforeAll
  static void makeToy() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell");
    toy = ToyWork.shared();
  }

  @Test
  void anOlderModelStaysWhenTheNewOneDoesNotFit() throws Exception {
    final Path made = Files.createDirectory(folder.resolve("training"));
    final Path model = Files.copy(toy.prior(), made.resolve("model.zip"));
    final byte[] before = Files.readAllBytes(model);
    final String said = starve(NO_MODEL, 1, TrainingScenario.prior(toy).arguments(made));
    assertTrue(said.contains("check that the disk is not full"), said);
    assertArrayEquals(before, Files.readAllBytes(model));
    assertEquals(List.of("model.zip"), names(made));
  }

  @Test
  void aModelThatCannotBeUnpackedIsNotBlamed() throws Exception {
    final Path made = Files.createDirectory(folder.resolve("unpacking"));
    final String said = starve(NO_MODEL, 1, BatchScenario.one(toy).arguments(made));
    assertTrue(said.contains("could not be unpacked to"), said);
    assertTrue(said.contains("check that the disk is not full"), said);
  }

  @Test
  void noPartOfAResultStaysWhenItDoesNotFit() throws Exception {
    final Path made = Files.createDirectory(folder.resolve("segmentation"));
    final String said = starve(NO_MONTAGE, 1, BatchScenario.one(toy).arguments(made));
    assertTrue(said.contains("check that the disk is not full"), said);
    WholeFiles.check(made);
    assertEquals(
        List.of(),
        names(made).stream().filter(n -> n.endsWith(".part")).collect(Collectors.toList()));
  }

  @Test
  void aFolderThatCannotBeWrittenIsToldBeforeTheWork() throws Exception {
    assumeTrue(Files.isDirectory(READ_ONLY), "no such folder");
    for (final Scenario scenario : List.of(TrainingScenario.prior(toy), BatchScenario.one(toy))) {
      final String said = starve("unlimited", 2, scenario.arguments(READ_ONLY));
      assertEquals("Nothing may be written to the folder /proc; choose another one.", said.trim());
    }
  }

  /** What a command says that fails so. */
  private static String starve(final String blocks, final int exit, final List<String> arguments)
      throws IOException, InterruptedException {
    final Path log = Files.createTempFile(folder, "run", ".log");
    final List<String> limit =
        new ArrayList<>(List.of("/bin/sh", "-c", "ulimit -f " + blocks + "; exec \"$@\"", "sh"));
    try (ChildProcess process = Commands.shell(log).startedBy(limit).start(arguments)) {
      assertEquals(exit, process.exit(), process.said());
      return process.said();
    }
  }

  private static List<String> names(final Path in) throws IOException {
    try (Stream<Path> files = Files.list(in)) {
      return files.map(f -> f.getFileName().toString()).sorted().collect(Collectors.toList());
    }
  }
}
