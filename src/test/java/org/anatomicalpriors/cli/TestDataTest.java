package org.anatomicalpriors.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project's own test data: that the generator makes them, and the shell's way through them. */
class TestDataTest {

  private static final Path DATA = Path.of("test-data");

  @TempDir private Path folder;

  private static Shell ok(final Object... args) {
    final Shell shell = Shell.run(args);
    assertEquals(0, shell.code, shell.err);
    return shell;
  }

  @Test
  void theGeneratorMakesTheseFilesAgain() throws IOException {
    ok("generate", "--output", folder, "--count", 6, "--images", 2, "--spacing", 4, "--seed", 7);
    final List<Path> files;
    try (Stream<Path> walk = Files.walk(DATA)) {
      files = walk.filter(Images::isImageFile).collect(Collectors.toList());
    }
    assertEquals(12, files.size());
    for (final Path file : files) {
      final SpatialImage<? extends RealType<?>> kept = Images.open(file, Progress.NONE);
      final SpatialImage<? extends RealType<?>> made =
          Images.open(folder.resolve(DATA.relativize(file)), Progress.NONE);
      assertEquals(kept.grid(), made.grid(), file.toString());
      assertArrayEquals(
          VoxelRows.toFloats(kept.voxels()), VoxelRows.toFloats(made.voxels()), file.toString());
    }
  }

  @Test
  void fromLabelMapsToAMeasuredSegmentation() {
    final Path prior = folder.resolve("prior.zip");
    ok(
        "train-prior",
        "--labels",
        DATA.resolve("labels"),
        "--label-set",
        DATA.resolve("label-set.csv"),
        "--channels",
        "8,16",
        "--steps",
        80,
        "--learning-rate",
        0.005,
        "--keep-checkpoint",
        "--output",
        prior);
    assertTrue(Files.exists(folder.resolve("prior.zip.checkpoint")), "best and latest are kept");
    final Path results = folder.resolve("results");
    ok("segment", "--model", prior, "--output", results, DATA.resolve("images/t1_like"));
    final Path csv = folder.resolve("scores.csv");
    final Shell scores =
        ok(
            "evaluate",
            "--reference",
            DATA.resolve("truth"),
            "--segmentation",
            results,
            "--csv",
            csv,
            "--fail-below",
            0.5);
    assertTrue(scores.out.contains("Mean over 2 files"), scores.out);
    assertTrue(Files.exists(csv));
    final Shell back =
        ok(
            "reconstruct",
            "--prior",
            prior,
            "--output",
            folder.resolve("back"),
            DATA.resolve("truth"));
    assertTrue(back.out.contains("encoded and decoded"), back.out);
    assertTrue(Files.exists(folder.resolve("back/subject_006-reconstruction.nii.gz")));
    final double failing = 0.999;
    assertEquals(
        1,
        Shell.run(
                "evaluate",
                "--reference",
                DATA.resolve("truth"),
                "--segmentation",
                results,
                "--fail-below",
                failing)
            .code);
  }
}
