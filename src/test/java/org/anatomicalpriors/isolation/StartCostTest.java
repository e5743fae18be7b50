package org.anatomicalpriors.isolation;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tells what the plugin adds to the time in which a SciJava Context with its menus starts: {@code
 * -Dstart.runs=21} fresh processes each, with and without it by turns.
 */
class StartCostTest {

  private static final Pattern TIME = Pattern.compile("milliseconds: ([\\d.]+)");

  @TempDir Path folder;

  @Test
  void medianOfFreshProcesses() throws Exception {
    final int runs = Integer.getInteger("start.runs", 0);
    assumeTrue(runs > 0, "no number of runs is given");
    final FijiFolder fiji = FijiFolder.make(folder.resolve("Fiji.app"));
    final List<Path> without =
        fiji.classPath().stream()
            .filter(p -> !p.equals(fiji.plugin()))
            .collect(Collectors.toList());
    final double[] with = new double[runs], alone = new double[runs];
    for (int i = -1; i < runs; i++) { // the first of each fills the disk's cache
      final double a = start(without, "a" + i), b = start(fiji.classPath(), "b" + i);
      if (i >= 0) alone[i] = a;
      if (i >= 0) with[i] = b;
    }
    System.out.printf(
        Locale.ROOT,
        "Start of a Context with menus, median of %d: %.0f ms with, %.0f ms without the plugin%n",
        runs,
        median(with),
        median(alone));
  }

  private static double median(final double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private double start(final List<Path> classPath, final String name) throws Exception {
    final Path work = Files.createDirectory(folder.resolve(name));
    final ChildJvm child = ChildJvm.run(work, classPath, StartClock.class);
    final Matcher m = TIME.matcher(child.out);
    assertTrue(child.exit == 0 && m.find(), child.out + child.err);
    return Double.parseDouble(m.group(1));
  }
}
