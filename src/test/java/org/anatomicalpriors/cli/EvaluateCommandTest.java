package org.anatomicalpriors.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.imglib2.img.array.ArrayImgs;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {

  @TempDir Path folder;
  private Path truth;
  private Path results;

  @BeforeEach
  void folders() throws IOException {
    truth = Files.createDirectory(folder.resolve("truth"));
    results = Files.createDirectory(folder.resolve("results"));
  }

  /** A row of eight voxels of 1 mm with label 1 from {@code from} on and label 2 in the last. */
  private static Path map(final Path file, final int from, final int length) {
    final Grid grid =
        Grid.centred(new int[] {length, 1, 1}, new double[] {1, 1, 1}, new double[3], "mm");
    final byte[] ids = new byte[length];
    for (int i = from; i < length; i++) ids[i] = 1;
    ids[length - 1] = 2;
    Images.save(new SpatialImage<>(ArrayImgs.unsignedBytes(ids, length, 1, 1), grid, "map"), file);
    return file;
  }

  @Test
  void comparesTwoFiles() throws IOException {
    final Path a = map(truth.resolve("a.nii.gz"), 3, 8);
    final Path b = map(results.resolve("other.nii.gz"), 5, 8);
    final Path csv = folder.resolve("scores.csv");
    final Shell shell = Shell.run("evaluate", "--reference", a, "--segmentation", b, "--csv", csv);
    assertEquals(0, shell.code, shell.err);
    // Label 1: 4 voxels against 2, both of them shared; label 2 is the same in both.
    assertTrue(shell.out.contains("0.667"), shell.out);
    assertTrue(shell.out.contains("1.000"), shell.out);
    assertTrue(shell.out.contains("0.833"), shell.out);
    assertTrue(shell.out.contains("-50.0"), shell.out);
    final List<String> rows = Files.readAllLines(csv);
    assertTrue(rows.get(0).startsWith("file,id,name,dice,hd95,asd,"), rows.get(0));
    assertEquals(4, rows.size());
  }

  @Test
  void foldersAreMatchedByNameAndTheRestIsExplained() {
    map(truth.resolve("a.nii.gz"), 3, 8);
    map(truth.resolve("b.nii"), 3, 8);
    map(truth.resolve("c.nii"), 3, 8);
    map(results.resolve("a-labels.nii.gz"), 3, 8);
    map(results.resolve("a-uncertainty.nii.gz"), 3, 8);
    map(results.resolve("a-corrected.nii.gz"), 3, 8);
    map(results.resolve("b.nii.gz"), 3, 8);
    final Shell shell = Shell.run("evaluate", "--reference", truth, "--segmentation", results);
    assertEquals(0, shell.code, shell.err);
    assertTrue(shell.out.contains("Mean over 2 files"), shell.out);
    assertEquals(
        truth.resolve("c.nii") + " has no partner of its name; left out." + System.lineSeparator(),
        shell.err);
  }

  @Test
  void nothingToCompareIsAnError() {
    map(truth.resolve("a.nii.gz"), 3, 8);
    map(results.resolve("b.nii.gz"), 3, 8);
    final Shell shell = Shell.run("evaluate", "--reference", truth, "--segmentation", results);
    assertEquals(2, shell.code);
    assertTrue(
        shell.err.contains("give the segmentations the names of their references"), shell.err);
  }

  @Test
  void aBadPairDoesNotStopTheOthersButFailsTheRun() {
    map(truth.resolve("a.nii.gz"), 3, 8);
    map(results.resolve("a.nii.gz"), 3, 8);
    map(truth.resolve("b.nii.gz"), 3, 8);
    map(results.resolve("b.nii.gz"), 3, 9);
    final Shell shell = Shell.run("evaluate", "--reference", truth, "--segmentation", results);
    assertEquals(1, shell.code);
    assertTrue(shell.out.contains("1.000"), shell.out);
    assertTrue(shell.err.contains("1 failed:") && shell.err.contains("b.nii.gz"), shell.err);
  }

  @Test
  void aMeanBelowTheBarFailsTheRun() {
    final Path a = map(truth.resolve("a.nii.gz"), 3, 8);
    final Path b = map(results.resolve("a.nii.gz"), 5, 8);
    assertEquals(
        0, Shell.run("evaluate", "--reference", a, "--segmentation", b, "--fail-below", 0.8).code);
    assertEquals(
        1, Shell.run("evaluate", "--reference", a, "--segmentation", b, "--fail-below", 0.9).code);
    // Only label 2 is left, which agrees.
    assertEquals(
        0,
        Shell.run(
                "evaluate",
                "--reference",
                a,
                "--segmentation",
                b,
                "--fail-below",
                0.9,
                "--ignore",
                "1,5")
            .code);
  }
}
