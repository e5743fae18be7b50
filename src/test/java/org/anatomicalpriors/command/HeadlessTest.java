package org.anatomicalpriors.command;

import static org.anatomicalpriors.fiji.FijiStudy.prior;
import static org.anatomicalpriors.fiji.FijiStudy.volume;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.io.FileSaver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.anatomicalpriors.processes.EndedProcess;
import org.anatomicalpriors.processes.JavaCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fiji without a screen, in a process of its own: exit codes, and what is loaded. */
class HeadlessTest {

  @TempDir Path folder;
  private String output;

  private int run(final List<String> java, final String... args) throws Exception {
    final EndedProcess fiji = JavaCommand.of(HeadlessMain.class).options(java).in(folder).run(args);
    output = fiji.said();
    return fiji.exit;
  }

  private String scan() {
    final Path file = folder.resolve("scan.tif");
    new FileSaver(volume(1)).saveAsTiff(file.toString());
    return file.toString();
  }

  @Test
  void aCommandOfTheCommandLineSavesItsResults() throws Exception {
    final int code =
        run(
            List.of(),
            "--run",
            "Segment Image...",
            "file=\""
                + scan()
                + "\",model=\""
                + prior()
                + "\",threads=1,output=\""
                + folder.resolve("out")
                + "\"");
    assertEquals(0, code, output);
    assertTrue(Files.isRegularFile(folder.resolve("out/scan-labels.nii.gz")), output);
  }

  @Test
  void aFailureIsNoSilentSuccess() throws Exception {
    assertEquals(1, run(List.of(), "--run", "Segment Image...", "model=\"" + prior() + "\""));
    assertTrue(output.contains("No image to segment was given"), output);
    assertEquals(
        1,
        run(
            List.of(),
            "--run",
            SegmentImageCommand.class.getName(),
            "file=\"missing.nii\",model=\"" + prior() + "\""));
    assertTrue(output.contains("missing.nii"), output);
  }

  @Test
  void startingLoadsNothingOfTheCore() throws Exception {
    assertEquals(0, run(List.of("-Xlog:class+load")), output);
    final Set<String> packages =
        Arrays.stream(output.split("\n"))
            .filter(l -> l.contains("org.anatomicalpriors."))
            .map(l -> l.replaceFirst(".*org\\.anatomicalpriors\\.([a-z]+\\.)?.*", "$1"))
            .collect(Collectors.toSet());
    // What Fiji's class path sees; the rest is the core.
    packages.removeAll(
        Set.of("", "command.", "service.", "job.", "settings.", "progress.", "isolation."));
    assertEquals(Set.of(), packages);
    for (final String engine : List.of("org.tensorflow.", "ai.djl.", "org.bytedeco."))
      assertFalse(output.contains(" " + engine), engine);
  }
}
