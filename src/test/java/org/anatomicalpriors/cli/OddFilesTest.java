package org.anatomicalpriors.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleUnaryOperator;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.fiji.FijiStudy;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;
import org.anatomicalpriors.training.ToyImages;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are not as files should be, from the shell: a sound result, or a clear refusal. */
class OddFilesTest {

  private static final ToyImages SLICES = new ToyImages(6, 1);

  @TempDir Path folder;
  private Path maps;
  private Path prior;

  @BeforeEach
  void folders() throws IOException {
    maps = Files.createDirectory(folder.resolve("maps"));
    prior = folder.resolve("prior.zip");
  }

  /** Saves an image with other values and its voxels scaled and in a unit. */
  private static Path save(
      final SpatialImage<? extends RealType<?>> image,
      final DoubleUnaryOperator values,
      final Affine scale,
      final String unit,
      final Path file) {
    final float[] x = VoxelRows.toFloats(image.voxels());
    for (int v = 0; v < x.length; v++) x[v] = (float) values.applyAsDouble(x[v]);
    final Grid g = image.grid();
    Images.save(
        new SpatialImage<>(
            ArrayImgs.floats(x, g.size(0), g.size(1), g.size(2)),
            new Grid(g.size(), scale.after(g.toWorld()), unit),
            "image"),
        file);
    return file;
  }

  private static Path save(
      final SpatialImage<? extends RealType<?>> image, final DoubleUnaryOperator f, final Path to) {
    return save(image, f, Affine.identity(), "mm", to);
  }

  private void saveMaps(final int first, final int end) {
    for (int i = first; i < end; i++)
      save(SLICES.maps().load(i), id -> id, maps.resolve("map" + i + ".nii"));
  }

  private Shell train(final Object... more) {
    final Object[] command = {
      "train-prior",
      "--labels",
      maps,
      "--channels",
      "8,8",
      "--latent-size",
      2,
      "--learning-rate",
      0.01,
      "--output",
      prior
    };
    final Object[] all = new Object[command.length + more.length];
    System.arraycopy(command, 0, all, 0, command.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return Shell.run(all);
  }

  private float[] segmented(final Path image) {
    final Path results = folder.resolve("results-" + Images.baseName(image));
    final Shell shell = Shell.run("segment", "--model", prior, "--output", results, image);
    assertEquals(0, shell.code, shell.err);
    return VoxelRows.toFloats(
        Images.open(results.resolve(Images.baseName(image) + "-labels.nii.gz"), Progress.NONE)
            .voxels());
  }

  private static double dice(final float[] a, final float[] b, final int label) {
    int both = 0, either = 0;
    for (int v = 0; v < a.length; v++) {
      if (a[v] == label && b[v] == label) both++;
      if (a[v] == label) either++;
      if (b[v] == label) either++;
    }
    return 2.0 * both / either;
  }

  private static double meanDice(final float[] a, final float[] b) {
    return (dice(a, b, 1) + dice(a, b, 2) + dice(a, b, 3)) / 3;
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, bad.nii holds background (0) only; give a map with labels or leave it out.",
    "1, NaN, bad.nii holds the value NaN at voxel",
    "1, 1.5, bad.nii holds the value 1.5 at voxel",
    "1, -1, bad.nii holds the value -1.0 at voxel",
    "1, 3e9, bad.nii holds the value 3.0E9 at voxel",
  })
  void aLabelMapThatIsNoneIsNamed(final double factor, final double ball, final String message) {
    saveMaps(0, 3);
    save(SLICES.maps().load(3), id -> id == 3 ? ball : factor * id, maps.resolve("bad.nii"));
    final Shell shell = train("--steps", 1);
    assertEquals(2, shell.code);
    assertTrue(shell.err.contains(message), shell.err);
    assertFalse(Files.exists(prior));
  }

  @Test
  void oneLabelMapIsEnoughToLearnFrom() {
    saveMaps(0, 1);
    final Shell shell = train("--steps", 60);
    assertEquals(0, shell.code, shell.err);
    final float[] truth = VoxelRows.toFloats(SLICES.maps().load(0).voxels());
    final float[] own = segmented(save(SLICES.load(0), x -> x, folder.resolve("own.nii")));
    assertTrue(meanDice(truth, own) > 0.95, "Dice " + meanDice(truth, own));
    assertTrue(shell.err.contains("map0 is the only label map"), shell.err);
  }

  @Test
  void aStructureThatSomeMapsLackIsLearnedFromTheOthers() {
    saveMaps(0, 3);
    for (int i = 3; i < 6; i++)
      save(SLICES.maps().load(i), id -> id == 3 ? 1 : id, maps.resolve("lacks" + i + ".nii"));
    final Shell shell = train("--steps", 60);
    assertEquals(0, shell.code, shell.err);
    final float[] truth = VoxelRows.toFloats(SLICES.maps().load(0).voxels());
    final float[] has = segmented(save(SLICES.load(0), x -> x, folder.resolve("has.nii")));
    assertTrue(meanDice(truth, has) > 0.8, "Dice " + meanDice(truth, has));
  }

  /** What a prior learns, and what it finds, does not depend on the unit of all lengths. */
  @Test
  void micrometresAreAsGoodAsMillimetres() {
    saveMaps(0, 6);
    assertEquals(0, train("--steps", 60, "--spacing", 1).code);
    final float[] expected = segmented(save(SLICES.load(0), x -> x, folder.resolve("mm.nii")));
    final Affine thousand = Affine.scale(1000, 1000, 1000);
    for (int i = 0; i < 6; i++)
      save(SLICES.maps().load(i), id -> id, thousand, "um", maps.resolve("map" + i + ".nii"));
    final Shell shell = train("--steps", 60, "--spacing", 1000);
    assertEquals(0, shell.code, shell.err);
    final Path image = save(SLICES.load(0), x -> x, thousand, "um", folder.resolve("um.nii"));
    assertArrayEquals(expected, segmented(image));
  }

  /** Learned with the spacing that is chosen, which has to do justice to the two short axes. */
  @Test
  void labelMapsOfThickSlicesTeachTheirAnatomy() {
    final ToyImages volumes = new ToyImages(4, 12);
    final Affine thick = Affine.scale(1, 1, 10);
    for (int i = 0; i < 4; i++)
      save(volumes.maps().load(i), id -> id, thick, "mm", maps.resolve("map" + i + ".nii"));
    final Shell shell = train("--steps", 60);
    assertEquals(0, shell.code, shell.err);
    final Path image = save(volumes.load(0), x -> x, thick, "mm", folder.resolve("thick.nii"));
    final double dice =
        meanDice(VoxelRows.toFloats(volumes.maps().load(0).voxels()), segmented(image));
    assertTrue(dice > 0.7, "Dice " + dice);
  }

  @Test
  void anEmptyImageIsRefused() {
    final Path image = save(SLICES.load(0), x -> 0, folder.resolve("empty.nii"));
    final String reason = "empty.nii has the value 0.0 everywhere; give an image with contrast.";
    final Path results = folder.resolve("results");
    final Shell segment =
        Shell.run("segment", "--model", FijiStudy.flatPrior(), "--output", results, image);
    assertEquals(2, segment.code);
    assertTrue(segment.err.contains(reason), segment.err);
    assertFalse(Files.exists(results.resolve("empty-labels.nii.gz")));
    final Path segmenter = folder.resolve("segmenter.zip");
    final Shell train =
        Shell.run(
            "train-segmenter",
            "--prior",
            FijiStudy.flatPrior(),
            "--images",
            image,
            "--output",
            segmenter);
    assertEquals(2, train.code);
    assertTrue(train.err.contains(reason), train.err);
    assertFalse(Files.exists(segmenter));
  }
}
