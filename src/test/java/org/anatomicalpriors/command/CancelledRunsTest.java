package org.anatomicalpriors.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anatomicalpriors.processes.EndedProcess;
import org.anatomicalpriors.processes.JavaCommand;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cancelled training or segmentation leaves no native memory, no thread and no file behind. */
class CancelledRunsTest {

  private static final Pattern LEFT = Pattern.compile("MB left by a run: (-?[\\d.]+)");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"train, 8", "segment, 3"})
  void nothingIsLeft(final String what, final double leastOfALeak) throws Exception {
    final Path temporary = Files.createDirectory(folder.resolve("tmp"));
    final EndedProcess ended =
        JavaCommand.of(CancelledRuns.class)
            // A heap that is there from the start, so that natives alone can grow.
            .options("-Xms384m", "-Xmx384m", "-XX:+AlwaysPreTouch")
            .options("-Djava.io.tmpdir=" + temporary)
            .environment(Map.of("MALLOC_ARENA_MAX", "1"))
            .limit(300)
            .run(what, folder.toString());
    assertEquals(0, ended.exit, ended.said());
    final Matcher left = LEFT.matcher(ended.out);
    assertTrue(left.find(), ended.said());
    assertTrue(Double.parseDouble(left.group(1)) < leastOfALeak, ended.out);
    assertTrue(ended.out.contains("threads left: []"), ended.out);
    assertArrayEquals(new String[0], temporary.toFile().list());
  }
}
