package org.anatomicalpriors.robustness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some segmentations and cancels in one process; {@code scripts/soak} does as many as wanted. */
class SoakTest {

  @TempDir Path folder;

  @Test
  void longUseLeavesNothingAndGivesTheSame() throws Exception {
    final Path temporary = Files.createDirectory(folder.resolve("tmp"));
    final Path out = folder.resolve("out");
    final ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xms384m",
            "-Xmx384m",
            "-XX:+AlwaysPreTouch",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1", // so few runs are not worth more
            "-Djava.awt.headless=true",
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            System.getProperty("java.class.path"),
            Soak.class.getName(),
            "40",
            "10");
    builder.environment().put("MALLOC_ARENA_MAX", "1");
    final Process process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
    try {
      assertTrue(process.waitFor(300, TimeUnit.SECONDS), "no end");
    } finally {
      process.destroyForcibly();
    }
    final String text = Files.readString(out);
    assertEquals(0, process.exitValue(), text);
    for (final String said :
        List.of("20 threads at once: 0 wrong", "threads left: []", "temporary files left: []"))
      assertTrue(text.contains(said), text);
    assertArrayEquals(new String[0], temporary.toFile().list());
  }
}
