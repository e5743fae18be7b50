package org.anatomicalpriors.robustness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.processes.EndedProcess;
import org.anatomicalpriors.processes.JavaCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some segmentations and cancels in one process; {@code scripts/soak} does as many as wanted. */
class SoakTest {

  @TempDir Path folder;

  @Test
  void longUseLeavesNothingAndGivesTheSame() throws Exception {
    final Path temporary = Files.createDirectory(folder.resolve("tmp"));
    final EndedProcess soak =
        JavaCommand.of(Soak.class)
            .options("-Xms384m", "-Xmx384m", "-XX:+AlwaysPreTouch")
            .options("-Djava.io.tmpdir=" + temporary)
            .environment(Map.of("MALLOC_ARENA_MAX", "1"))
            .limit(300)
            .run("40", "10");
    final String text = soak.said();
    assertEquals(0, soak.exit, text);
    for (final String said :
        List.of("20 threads at once: 0 wrong", "threads left: []", "temporary files left: []"))
      assertTrue(text.contains(said), text);
    assertArrayEquals(new String[0], temporary.toFile().list());
  }
}
