package org.anatomicalpriors.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.anatomicalpriors.processes.EndedProcess;
import org.anatomicalpriors.processes.JavaCommand;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process trains on label maps that together are larger than its heap; {@code scripts/many-maps}
 * does so with thousands.
 */
class ManyMapsTest {

  private static final int MAPS = 110;
  private static final int ANATOMIES = 12;

  @TempDir static Path folder;
  private static Path maps;

  @BeforeAll
  static void makeMaps() throws IOException {
    maps = Files.createDirectory(folder.resolve("maps"));
    new ManyMaps(8, 6).write(ANATOMIES, maps);
    for (int i = ANATOMIES; i < MAPS; i++)
      Files.copy(ManyMaps.file(maps, i % ANATOMIES), ManyMaps.file(maps, i));
  }

  @Test
  void moreMapsThanFitIntoMemoryAreLearnedFrom() throws Exception {
    final Path made = Files.createDirectory(folder.resolve("made"));
    final String said = train(List.of(), made, 0);
    assertTrue(said.contains(" of 110 label maps are read from a temporary file of "), said);
    assertTrue(said.contains("maps 110, heap "), said);
    assertEquals(List.of("model.zip", "model.zip.checkpoint"), names(made));
  }

  @Test
  void aDiskThatGetsFullIsTold() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell");
    final Path made = Files.createDirectory(folder.resolve("full"));
    final List<String> limit = List.of("/bin/sh", "-c", "ulimit -f 64; exec \"$@\"", "sh"); // 32 kB
    final String said = train(limit, made, 1);
    assertTrue(said.contains("; check that the disk is not full, choose another folder"), said);
    assertEquals(List.of(), names(made));
  }

  private static List<String> names(final Path in) {
    final String[] names = in.toFile().list();
    Arrays.sort(names);
    return List.of(names);
  }

  /** What a training says that ends so. */
  private static String train(final List<String> before, final Path made, final int exit)
      throws IOException, InterruptedException {
    final EndedProcess training =
        JavaCommand.of(ManyMapsTraining.class)
            .options("-Xmx32m", "-Djava.io.tmpdir=" + folder, "-Dverbose")
            .startedBy(before)
            .limit(300)
            .run(
                maps.toString(),
                Integer.toString(MAPS),
                "10",
                "8",
                "usual",
                made.resolve("model.zip").toString());
    final String said = training.said();
    assertEquals(exit, training.exit, said);
    return said;
  }
}
