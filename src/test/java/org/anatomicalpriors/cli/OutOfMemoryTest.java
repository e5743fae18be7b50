package org.anatomicalpriors.cli;

import static org.anatomicalpriors.cli.StudyProcesses.assertSaid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.processes.EndedProcess;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that have too little memory say so in one sentence, and what would do. */
class OutOfMemoryTest {

  @TempDir static Path folder;

  private static StudyProcesses processes;

  @BeforeAll
  static void generateAndTrain() throws Exception {
    processes = new StudyProcesses(folder);
    final EndedProcess trained = train(7, "2,4", "prior.zip");
    assertEquals(0, trained.exit, trained.said());
  }

  @AfterAll
  static void end() {
    if (processes != null) processes.close();
  }

  private static EndedProcess train(
      final double spacing, final String channels, final String output) throws Exception {
    return processes.train(Map.of(), spacing, 2, output, "--channels", channels).end();
  }

  @Test
  void aTrainingThatCannotFitIsRefused() throws Exception {
    assertSaid(
        train(0.15, "2048,16", "refused.zip"),
        2,
        "Training on .* voxels with 13 labels and channels \\[2048, 16] needs about .* GB of memory with recomputation in slabs and"
            + " this machine has .* GB; give fewer channels, or a larger spacing for the prior, such as .* mm\\.");
    assertEquals(List.of(), processes.left("refused"));
  }

  /** The study's image with so many voxels along each axis, in the same place. */
  private static void enlarge(final int size, final Path file) {
    final SpatialImage<? extends RealType<?>> image =
        Images.open(processes.study().resolve("images/t1_like/subject_004.nii.gz"), Progress.NONE);
    final float[] values = VoxelRows.toFloats(image.voxels());
    final Grid grid = image.grid();
    final byte[] large = new byte[size * size * size];
    int i = 0;
    for (int z = 0; z < size; z++)
      for (int y = 0; y < size; y++)
        for (int x = 0; x < size; x++)
          large[i++] =
              (byte)
                  values[
                      (z * grid.size(2) / size * grid.size(1) + y * grid.size(1) / size)
                              * grid.size(0)
                          + x * grid.size(0) / size];
    final Affine finer =
        Affine.scale(
            (double) grid.size(0) / size,
            (double) grid.size(1) / size,
            (double) grid.size(2) / size);
    Images.save(
        new SpatialImage<>(
            ArrayImgs.unsignedBytes(large, size, size, size),
            new Grid(new int[] {size, size, size}, grid.toWorld().after(finer), grid.unit()),
            "large"),
        file);
  }

  @Test
  void aBatchGoesOnAfterImagesThatAreTooLarge() throws Exception {
    final Path images = Files.createDirectory(folder.resolve("images"));
    enlarge(128, images.resolve("a-large.nii"));
    enlarge(200, images.resolve("b-huge.nii"));
    Files.copy(
        processes.study().resolve("images/t1_like/subject_004.nii.gz"),
        images.resolve("c-small.nii.gz"));
    final EndedProcess shell =
        processes
            .start(
                "58m",
                Map.of(),
                "segment",
                "--model",
                "prior.zip",
                "--device",
                "cpu",
                "--threads",
                1,
                "--output",
                "results",
                images)
            .end();
    assertSaid(
        shell,
        1,
        "  .*a-large.nii: Java's memory ran out while a-large.nii was segmented, which needs about 7\\d MB of it; start"
            + " Java with -Xmx1g, or downsample the image\\.");
    assertSaid(
        shell,
        1,
        "  .*b-huge.nii: b-huge.nii needs about 27\\d MB of Java's memory to be segmented and Java may use .* MB; start"
            + " Java with -Xmx1g, or downsample the image\\.");
    assertTrue(shell.said().contains("1 image was segmented, 2 failed."), shell.said());
    assertEquals(List.of("a-large.nii"), processes.left("a-large"));
    assertEquals(List.of("b-huge.nii"), processes.left("b-huge"));
    assertTrue(
        processes.left("c-small").contains("c-small-labels.nii.gz"),
        processes.left("c-small").toString());
  }
}
