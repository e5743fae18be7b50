package org.anatomicalpriors.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    final ProcessBuilder process =
        new ProcessBuilder(
            HeadlessFiji.command(
                // A heap that is there from the start, so that natives alone can grow.
                List.of(
                    "-Xms384m",
                    "-Xmx384m",
                    "-XX:+AlwaysPreTouch",
                    "-XX:+UseSerialGC",
                    "-Djava.io.tmpdir=" + temporary),
                CancelledRuns.class));
    process.command().addAll(List.of(what, folder.toString()));
    process.environment().put("MALLOC_ARENA_MAX", "1");
    final HeadlessFiji ended = HeadlessFiji.run(process);
    assertEquals(0, ended.exit, ended.out + ended.err);
    final Matcher left = LEFT.matcher(ended.out);
    assertTrue(left.find(), ended.out + ended.err);
    assertTrue(Double.parseDouble(left.group(1)) < leastOfALeak, ended.out);
    assertTrue(ended.out.contains("threads left: []"), ended.out);
    assertArrayEquals(new String[0], temporary.toFile().list());
  }
}
