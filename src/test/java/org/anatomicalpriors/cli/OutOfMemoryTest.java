package org.anatomicalpriors.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.processes.EndedProcess;
import org.anatomicalpriors.processes.JavaCommand;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Processes that have too little memory say so in one sentence, and what would do. */
class OutOfMemoryTest {

  private static final String HEAP = "500m";
  private static final String LIMIT = "TF_MKL_ALLOC_MAX_BYTES";

  @TempDir static Path folder;

  @BeforeAll
  static void generateAndTrain() throws Exception {
    final Shell shell =
        Shell.run("generate", "--count", 4, "--images", 1, "--spacing", 6, "--output", study());
    assertEquals(0, shell.code, shell.err);
    final EndedProcess trained = train(7, "2,4", "prior.zip");
    assertEquals(0, trained.exit, trained.said());
  }

  private static Path study() {
    return folder.resolve("study");
  }

  /** The shell's program in a process of its own, with as little memory for Java as wanted. */
  private static EndedProcess shell(final String heap, final Object... arguments) throws Exception {
    return shell(heap, Map.of(), arguments);
  }

  /**
   * @param environment further variables
   */
  private static EndedProcess shell(
      final String heap, final Map<String, String> environment, final Object... arguments)
      throws Exception {
    return JavaCommand.of(Main.class)
        .environment(environment)
        .options("-Xmx" + heap)
        .in(folder)
        .run(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
  }

  private static EndedProcess train(
      final double spacing, final String channels, final String output) throws Exception {
    return train(Map.of(), spacing, 2, output, "--channels", channels);
  }

  private static EndedProcess train(
      final Map<String, String> environment,
      final double spacing,
      final int steps,
      final String output,
      final Object... more)
      throws Exception {
    return shell(
        HEAP,
        environment,
        Stream.concat(
                Stream.of(
                    "train-prior",
                    "--labels",
                    study().resolve("labels"),
                    "--spacing",
                    spacing,
                    "--steps",
                    steps,
                    "--device",
                    "cpu",
                    "--threads",
                    1,
                    "--output",
                    output),
                Stream.of(more))
            .toArray());
  }

  private static List<String> left(final String start) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(f -> f.startsWith(start))
          .sorted()
          .collect(Collectors.toList());
    }
  }

  private static void assertSaid(final EndedProcess shell, final int code, final String sentence) {
    assertEquals(code, shell.exit, shell.said());
    assertTrue(shell.said().lines().anyMatch(l -> l.matches(sentence)), shell.said());
    assertFalse(
        shell.said().contains("Exception:") || shell.said().contains("report it"), shell.said());
  }

  @Test
  void aTrainingThatCannotFitIsRefused() throws Exception {
    assertSaid(
        train(0.15, "2048,16", "refused.zip"),
        2,
        "Training on .* voxels with 13 labels and channels \\[2048, 16] needs about .* GB of memory with recomputation in slabs and"
            + " this machine has .* GB; give fewer channels, or a larger spacing for the prior, such as .* mm\\.");
    assertEquals(List.of(), left("refused"));
  }

  /** Steps of a prior on 40 x 48 x 40 voxels, with so much memory for TensorFlow's tensors. */
  private static EndedProcess train(final Map<String, String> limit, final String output)
      throws Exception {
    return train(limit, 2, 3, output);
  }

  private static byte[] weights(final String model) throws IOException {
    try (ZipFile zip = new ZipFile(folder.resolve(model).toFile())) {
      final ZipEntry entry =
          zip.stream()
              .filter(e -> e.getName().endsWith("variables.data-00000-of-00001"))
              .findFirst()
              .orElseThrow();
      return zip.getInputStream(entry).readAllBytes();
    }
  }

  /** oneDNN's allocator in TensorFlow takes its limit from a variable. */
  @Test
  @EnabledOnOs(architectures = "amd64", value = OS.LINUX)
  void aTrainingWhoseMemoryRunsOutGoesOnWithRecomputationToTheSameEnd() throws Exception {
    final EndedProcess undisturbed = train(Map.of(), "undisturbed.zip");
    assertEquals(0, undisturbed.exit, undisturbed.said());
    assertFalse(undisturbed.said().contains("recomputation"), undisturbed.said());
    final EndedProcess shell = train(Map.of(LIMIT, "55000000"), "recomputed.zip");
    assertSaid(
        shell,
        0,
        "TensorFlow's memory ran out in step \\d; the training goes on from there with recomputation, .*");
    assertArrayEquals(weights("undisturbed.zip"), weights("recomputed.zip"));
  }

  /**
   * Few channels leave the memory to label probabilities, as TensorFlow does not survive it where
   * there is none for the result of a convolution. It waits ten seconds before it gives up.
   */
  @Test
  @EnabledOnOs(architectures = "amd64", value = OS.LINUX)
  void aTrainingThatRecomputationDoesNotSaveGoesOnInSlabs() throws Exception {
    final List<String> said = new ArrayList<>();
    for (final int megabytes : new int[] {60, 55, 65, 50, 70}) {
      final EndedProcess shell =
          train(
              Map.of(LIMIT, megabytes + "000000"),
              1.2,
              3,
              "slabs.zip",
              "--channels",
              "2,4",
              "--recomputation",
              "on");
      said.add(shell.said());
      if (shell.exit == 0
          && shell
              .said()
              .contains("the training goes on from there with recomputation in slabs, which")) {
        assertTrue(Files.size(folder.resolve("slabs.zip")) > 0);
        return;
      }
      Files.deleteIfExists(folder.resolve("slabs.zip"));
    }
    fail(String.join("\n---\n", said));
  }

  @Test
  @EnabledOnOs(architectures = "amd64", value = OS.LINUX)
  void aTrainingThatHasTooLittleMemoryEvenSoEndsWithASentence() throws Exception {
    final EndedProcess shell =
        train(Map.of(LIMIT, "10000000"), 2, 3, "exhausted.zip", "--recomputation", "on");
    assertSaid(
        shell,
        1,
        ".*TensorFlow's memory ran out in the training, which needs about .* of memory with recomputation in slabs in all; close"
            + " other programs, give Java less memory, or give fewer channels or a larger spacing for the prior.*");
    assertEquals(List.of(), left("exhausted.zip"));
  }

  /** The study's image with so many voxels along each axis, in the same place. */
  private static void enlarge(final int size, final Path file) {
    final SpatialImage<? extends RealType<?>> image =
        Images.open(study().resolve("images/t1_like/subject_004.nii.gz"), Progress.NONE);
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
        study().resolve("images/t1_like/subject_004.nii.gz"), images.resolve("c-small.nii.gz"));
    final EndedProcess shell =
        shell(
            "58m",
            "segment",
            "--model",
            "prior.zip",
            "--device",
            "cpu",
            "--threads",
            1,
            "--output",
            "results",
            images);
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
    assertEquals(List.of("a-large.nii"), left("a-large"));
    assertEquals(List.of("b-huge.nii"), left("b-huge"));
    assertTrue(left("c-small").contains("c-small-labels.nii.gz"), left("c-small").toString());
  }
}
