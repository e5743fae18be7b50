package org.anatomicalpriors.segmentation;

import static org.anatomicalpriors.segmentation.ToyStudy.IMAGES;
import static org.anatomicalpriors.segmentation.ToyStudy.image;
import static org.anatomicalpriors.segmentation.ToyStudy.meanDice;
import static org.anatomicalpriors.segmentation.ToyStudy.segment;
import static org.anatomicalpriors.segmentation.ToyStudy.settings;
import static org.anatomicalpriors.segmentation.ToyStudy.truth;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;
import org.anatomicalpriors.tensorflow.Gaussians;
import org.anatomicalpriors.training.ToyImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that are not as images should be give a sound result, or are refused. */
class OddImagesTest {

  private static final int IMAGE = 1;
  private static final Grid GRID = IMAGES.load(IMAGE).grid();
  private static final byte[] TRUTH = truth(IMAGE);

  /** Voxels that mixed up labels may have, of 3888. */
  private static final int FEW = 10;

  private static byte[] usual;

  private static float[] values() {
    return VoxelRows.toFloats(IMAGES.load(IMAGE).voxels());
  }

  private static byte[] labels(final float[] x) {
    return labels(image(x, GRID));
  }

  /** Labels of a result whose probabilities are numbers that add up to 1. */
  private static byte[] labels(final SpatialImage<? extends RealType<?>> image) {
    final Segmentation s = segment(settings(), image);
    final double[] sum = new double[s.labels().length];
    for (int l = 0; l < 4; l++) {
      final float[] p = VoxelRows.toFloats(s.posterior(l, Progress.NONE).voxels());
      for (int v = 0; v < p.length; v++) sum[v] += p[v];
    }
    for (final double total : sum) assertEquals(1, total, 1e-5);
    return s.labels();
  }

  private static synchronized byte[] usual() {
    if (usual == null) usual = labels(values());
    return usual;
  }

  private static void assertAlike(final byte[] found, final int most) {
    int other = 0;
    for (int v = 0; v < found.length; v++) if (found[v] != usual()[v]) other++;
    assertTrue(other <= most, other + " voxels have another label, at most " + most + " may");
  }

  private static int count(final byte[] labels, final int label) {
    int n = 0;
    for (final byte l : labels) if (l == label) n++;
    return n;
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void voxelsThatAreNoNumbersAreLeftToTheAnatomy(final float none) {
    final float[] x = values();
    final SplittableRandom random = new SplittableRandom(1);
    for (int v = 0; v < x.length; v++) if (random.nextDouble() < 0.05) x[v] = none;
    assertAlike(labels(x), FEW);
  }

  @ParameterizedTest
  @CsvSource({"1e5", "-1e30", "3e38"})
  void aHotVoxelSpoilsNoOther(final float hot) {
    final float[] x = values();
    for (final int voxel : new int[] {100, 1900, 2000}) x[voxel] = hot;
    assertAlike(labels(x), FEW);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 255, 1", // inverted
    "-1, 0, 1", // inverted, all below zero
    "1, -200, 1", // all below zero
    "1e30, 0, 1",
    "1e-30, 0, 1",
    "1, -100, 60", // zero amid the intensities, where a shading is measured from
  })
  void neitherContrastNorScaleMatters(final float factor, final float offset, final int most) {
    final float[] x = values();
    for (int v = 0; v < x.length; v++) x[v] = factor * x[v] + offset;
    assertAlike(labels(x), most);
  }

  /** Where a structure is not to be seen, it shrinks to little, and the others stay. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void aStructureThatTheImageLacksSwallowsNothing(final int missing) {
    final float[] x = values();
    final double brighter = ToyImages.mean(1) - ToyImages.mean(missing);
    for (int v = 0; v < x.length; v++) if (TRUTH[v] == missing) x[v] += (float) brighter;
    final byte[] found = labels(x);
    assertTrue(
        count(found, missing) < 0.6 * count(TRUTH, missing),
        count(found, missing) + " of " + count(TRUTH, missing) + " voxels that do not show it");
    int others = 0;
    for (int v = 0; v < found.length; v++)
      if (found[v] != missing && TRUTH[v] != missing && found[v] != TRUTH[v]) others++;
    assertTrue(others <= FEW, others + " voxels of other structures are wrong");
  }

  @Test
  void wholeNumbersUpToTheLimitsOfTheirTypes() {
    assertAlike(stored(ArrayImgs.unsignedBytes(18, 18, 12), 0, 255), FEW);
    assertAlike(stored(ArrayImgs.unsignedShorts(18, 18, 12), 0, 65535), FEW);
    assertAlike(stored(ArrayImgs.unsignedInts(18, 18, 12), 0, 4294967295.0), FEW);
    // Signed ones have zero amid the intensities.
    assertAlike(stored(ArrayImgs.bytes(18, 18, 12), -128, 127), 60);
    assertAlike(stored(ArrayImgs.shorts(18, 18, 12), -32768, 32767), 60);
    assertAlike(stored(ArrayImgs.ints(18, 18, 12), Integer.MIN_VALUE, Integer.MAX_VALUE), 60);
    assertAlike(stored(ArrayImgs.longs(18, 18, 12), -9e18, 9e18), 60);
  }

  private static byte[] stored(
      final Img<? extends RealType<?>> to, final double low, final double high) {
    return labels(scaled(to, x -> low + (high - low) * Math.max(0, Math.min(1, x / 200))));
  }

  private static SpatialImage<? extends RealType<?>> scaled(
      final RandomAccessibleInterval<? extends RealType<?>> to, final DoubleUnaryOperator f) {
    final float[] x = values();
    int v = 0;
    for (final RealType<?> t : Views.flatIterable(to)) t.setReal(f.applyAsDouble(x[v++]));
    return new SpatialImage<>(to, GRID, "scan.nii");
  }

  private static String refusal(final SpatialImage<? extends RealType<?>> image) {
    return assertThrows(InvalidInputException.class, () -> segment(settings(), image)).getMessage();
  }

  @Test
  void contrastBelowSinglePrecisionIsRefused() {
    final String message = refusal(scaled(ArrayImgs.ints(18, 18, 12), x -> 2147483000 + x));
    assertTrue(
        message.startsWith("scan.nii has values from 2.1474830")
            && message.endsWith(
                ", which differ too little for numbers of that size; subtract the lowest from all of them."),
        message);
    assertEquals(
        "scan.nii holds no finite value; give an image with contrast.",
        refusal(scaled(ArrayImgs.doubles(18, 18, 12), x -> 1e300 * (x + 100))));
  }

  /** Thick slices, along any axis; the truth is taken at the voxels' centres. */
  @ParameterizedTest
  @CsvSource({"0.4, 0.4, 0.4, 0.98", "0.3, 0.3, 3, 0.98", "0.3, 3, 0.3, 0.95", "3, 0.3, 0.3, 0.95"})
  void slicesTenTimesAsThickAsTheirPixels(
      final double x, final double y, final double z, final double least) {
    final double[] spacing = {x, y, z};
    final int[] size = new int[3];
    for (int d = 0; d < 3; d++) size[d] = (int) Math.round(GRID.size(d) / spacing[d]);
    final Grid grid = Grid.centred(size, spacing, new double[3], "mm");
    final Affine toTruth = GRID.toWorld().inverse().after(grid.toWorld());
    final byte[] expected = new byte[grid.voxelCount()];
    final float[] values = new float[expected.length];
    Gaussians.fill(values, new SplittableRandom(3), 9);
    for (int v = 0; v < expected.length; v++) {
      final double[] p = toTruth.apply(v % size[0], v / size[0] % size[1], v / size[0] / size[1]);
      expected[v] =
          TRUTH[
              ((int) Math.rint(p[2]) * GRID.size(1) + (int) Math.rint(p[1])) * GRID.size(0)
                  + (int) Math.rint(p[0])];
      values[v] += (float) ToyImages.mean(expected[v]);
    }
    final double dice = meanDice(expected, labels(image(values, grid)));
    assertTrue(dice > least, "Dice " + dice);
  }
}
