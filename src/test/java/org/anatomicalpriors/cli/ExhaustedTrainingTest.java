package org.anatomicalpriors.cli;

import static org.anatomicalpriors.cli.StudyProcesses.assertSaid;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.anatomicalpriors.processes.ChildProcess;
import org.anatomicalpriors.processes.EndedProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trainings whose native memory runs out go on with less, or say so in one sentence. They run side
 * by side, as they mostly wait: TensorFlow gives up after ten seconds.
 */
@EnabledOnOs(architectures = "amd64", value = OS.LINUX)
class ExhaustedTrainingTest {

  @TempDir static Path folder;

  private static StudyProcesses processes;
  private static ChildProcess exhausted;
  private static ChildProcess recomputed;
  private static ChildProcess undisturbed;

  @BeforeAll
  static void start() throws IOException {
    processes = new StudyProcesses(folder);
    exhausted = train(limit(10), "exhausted.zip", "--recomputation", "on");
    recomputed = train(limit(55), "recomputed.zip");
    undisturbed = train(Map.of(), "undisturbed.zip");
  }

  @AfterAll
  static void end() {
    if (processes != null) processes.close();
  }

  /** oneDNN's allocator in TensorFlow takes its limit from a variable. */
  private static Map<String, String> limit(final int megabytes) {
    return Map.of("TF_MKL_ALLOC_MAX_BYTES", megabytes + "000000");
  }

  /** Steps of a prior on 40 x 48 x 40 voxels. */
  private static ChildProcess train(
      final Map<String, String> environment, final String output, final Object... more)
      throws IOException {
    return processes.train(environment, 2, 3, output, more);
  }

  private static byte[] weights(final String model) throws IOException {
    try (ZipFile zip = new ZipFile(folder.resolve(model).toFile())) {
      final ZipEntry entry =
          zip.stream()
              .filter(e -> e.getName().endsWith("variables.data-00000-of-00001"))
              .findFirst()
              .orElseThrow();
      return zip.getInputStream(entry).readAllBytes();
    }
  }

  @Test
  void aTrainingWhoseMemoryRunsOutGoesOnWithRecomputationToTheSameEnd() throws Exception {
    final EndedProcess other = undisturbed.end();
    assertEquals(0, other.exit, other.said());
    assertFalse(other.said().contains("recomputation"), other.said());
    assertSaid(
        recomputed.end(),
        0,
        "TensorFlow's memory ran out in step \\d; the training goes on from there with recomputation, .*");
    assertArrayEquals(weights("undisturbed.zip"), weights("recomputed.zip"));
  }

  /**
   * Few channels leave the memory to label probabilities, as TensorFlow does not survive it where
   * there is none for the result of a convolution.
   */
  @Test
  void aTrainingThatRecomputationDoesNotSaveGoesOnInSlabs() throws Exception {
    final List<String> said = new ArrayList<>();
    for (final int megabytes : new int[] {60, 55, 65, 50, 70}) {
      final EndedProcess ended =
          processes
              .train(
                  limit(megabytes),
                  1.2,
                  3,
                  "slabs.zip",
                  "--channels",
                  "2,4",
                  "--recomputation",
                  "on")
              .end();
      said.add(ended.said());
      if (ended.exit == 0
          && ended
              .said()
              .contains("the training goes on from there with recomputation in slabs, which")) {
        assertTrue(Files.size(folder.resolve("slabs.zip")) > 0);
        return;
      }
      Files.deleteIfExists(folder.resolve("slabs.zip"));
    }
    fail(String.join("\n---\n", said));
  }

  @Test
  void aTrainingThatHasTooLittleMemoryEvenSoEndsWithASentence() throws Exception {
    assertSaid(
        exhausted.end(),
        1,
        ".*TensorFlow's memory ran out in the training, which needs about .* of memory with recomputation in slabs in all; close"
            + " other programs, give Java less memory, or give fewer channels or a larger spacing for the prior.*");
    undisturbed.exit(); // files that come and go are hard to list
    recomputed.exit();
    assertEquals(List.of(), processes.left("exhausted.zip"));
  }
}
