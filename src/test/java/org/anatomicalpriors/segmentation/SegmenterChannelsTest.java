package org.anatomicalpriors.segmentation;

import static org.anatomicalpriors.segmentation.ToyStudy.IMAGES;
import static org.anatomicalpriors.segmentation.ToyStudy.image;
import static org.anatomicalpriors.segmentation.ToyStudy.meanDice;
import static org.anatomicalpriors.segmentation.ToyStudy.prior;
import static org.anatomicalpriors.segmentation.ToyStudy.settings;
import static org.anatomicalpriors.segmentation.ToyStudy.truth;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.imglib2.type.numeric.real.FloatType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;
import org.junit.jupiter.api.Test;

/** Images of several channels. */
class SegmenterChannelsTest {

  private static final byte[] TRUTH = truth(0);
  private static final Grid GRID = IMAGES.load(0).grid();
  private static final Segmenter SEGMENTER = Segmenter.of(prior(), settings());

  /** Each shows but one of the structures well. */
  private static final double[][] MEANS = {{100, 112, 170, 105}, {60, 130, 66, 72}};

  private static float[] voxels(final int channel, final double noise) {
    final SplittableRandom random = new SplittableRandom(channel);
    final float[] x = new float[TRUTH.length];
    for (int v = 0; v < x.length; v++)
      x[v] =
          (float)
              (MEANS[channel][TRUTH[v]] + noise * (random.nextDouble() + random.nextDouble() - 1));
    return x;
  }

  private static SpatialImage<FloatType> channel(final int channel) {
    return image(voxels(channel, 60), GRID);
  }

  private static double dice(final Subject subject) {
    return meanDice(TRUTH, SEGMENTER.segment(subject, Progress.NONE).labels());
  }

  @Test
  void togetherTheyTellMoreThanEitherAlone() {
    final double first = dice(Subject.of(channel(0))), second = dice(Subject.of(channel(1)));
    final double both = dice(Subject.of(channel(0)).with(channel(1), Progress.NONE));
    assertTrue(both > Math.max(first, second) + 0.02, first + " and " + second + ", both " + both);
  }

  @Test
  void theirOrderDoesNotMatter() {
    final byte[] a =
        SEGMENTER
            .segment(Subject.of(channel(0)).with(channel(1), Progress.NONE), Progress.NONE)
            .labels();
    final byte[] b =
        SEGMENTER
            .segment(Subject.of(channel(1)).with(channel(0), Progress.NONE), Progress.NONE)
            .labels();
    int differ = 0;
    for (int v = 0; v < a.length; v++) if (a[v] != b[v]) differ++;
    assertTrue(differ < 0.002 * a.length, differ + " of " + a.length);
  }

  @Test
  void whereAChannelEndsTheOtherStillCounts() {
    final float[] half = voxels(1, 60);
    for (int v = 0; v < half.length / 2; v++) half[v] = Float.NaN;
    final double alone = dice(Subject.of(channel(0)));
    final double whole = dice(Subject.of(channel(0)).with(channel(1), Progress.NONE));
    final double part = dice(Subject.of(channel(0)).with(image(half, GRID), Progress.NONE));
    assertTrue(alone + 0.005 < part && part < whole, alone + " < " + part + " < " + whole);
    // In the half without the second channel nothing is lost either.
    final byte[] one = SEGMENTER.segment(channel(0), Progress.NONE).labels();
    final byte[] two =
        SEGMENTER
            .segment(Subject.of(channel(0)).with(image(half, GRID), Progress.NONE), Progress.NONE)
            .labels();
    final double before = inFirstHalf(one), after = inFirstHalf(two);
    assertTrue(after > before - 0.02, before + " to " + after);
  }

  private static double inFirstHalf(final byte[] labels) {
    final int n = TRUTH.length / 2;
    return meanDice(java.util.Arrays.copyOf(TRUTH, n), java.util.Arrays.copyOf(labels, n));
  }

  @Test
  void aChannelOnOtherVoxelsIsBroughtToTheFirst() {
    // The same picture on a grid shifted by whole voxels, which moves nothing in the world.
    final Affine back = Affine.translation(-2, 0, 0);
    final Grid shifted = new Grid(GRID.size(), GRID.toWorld().after(back), GRID.unit());
    final float[] own = voxels(1, 60), moved = new float[own.length];
    final int nx = GRID.size(0);
    for (int v = 0; v < moved.length; v++) moved[v] = v % nx < 2 ? 0 : own[v - 2];
    final Subject subject = Subject.of(channel(0)).with(image(moved, shifted), Progress.NONE);
    final float[] brought = VoxelRows.toFloats(subject.channels().get(1).voxels());
    for (int v = 0; v < own.length; v++)
      if (v % nx < nx - 2) assertEquals(own[v], brought[v], 1e-3);
      else assertEquals(Float.NaN, brought[v]);
    final SpatialImage<FloatType> same = channel(1);
    assertSame(same, Subject.of(channel(0)).with(same, Progress.NONE).channels().get(1));
  }

  @Test
  void aChannelElsewhereIsRefused() {
    final Grid away =
        new Grid(GRID.size(), Affine.translation(500, 0, 0).after(GRID.toWorld()), GRID.unit());
    final Grid microns = new Grid(GRID.size(), GRID.toWorld(), "um");
    final Subject first = Subject.of(channel(0));
    for (final Grid grid : List.of(away, microns)) {
      final SpatialImage<FloatType> other = image(voxels(1, 60), grid);
      final String sentence =
          assertThrows(InvalidInputException.class, () -> first.with(other, Progress.NONE))
              .getMessage();
      assertTrue(sentence.contains("register it to that image first"), sentence);
    }
    Subject many = first;
    for (int i = 0; i < 7; i++) many = many.with(channel(1), Progress.NONE);
    final Subject eight = many;
    assertThrows(InvalidInputException.class, () -> eight.with(channel(1), Progress.NONE));
  }

  @Test
  void theSameChannelTwiceIsNoHarm() {
    final double once = dice(Subject.of(channel(0)));
    final double twice = dice(Subject.of(channel(0)).with(channel(0), Progress.NONE));
    assertEquals(once, twice, 0.02);
  }

  @Test
  void everyChannelHasABiasFieldOfItsOwn() {
    final float[] bright = voxels(1, 12);
    final int nx = GRID.size(0);
    for (int v = 0; v < bright.length; v++) bright[v] *= (float) (0.8 + 0.4 * (v % nx) / (nx - 1));
    final SpatialImage<FloatType> flat = image(voxels(0, 12), GRID), sloped = image(bright, GRID);
    final Segmentation found =
        SEGMENTER.segment(Subject.of(flat).with(sloped, Progress.NONE), Progress.NONE);
    assertTrue(Math.abs(slope(found, 0) - 1) < 0.08, "flat " + slope(found, 0));
    assertTrue(slope(found, 1) > 1.12, "sloped, by 1.22 " + slope(found, 1));
    final float[] mended = VoxelRows.toFloats(found.corrected(1, sloped, Progress.NONE).voxels());
    assertArrayEquals(
        new float[] {bright[5] / VoxelRows.toFloats(found.biasField(1, Progress.NONE).voxels())[5]},
        new float[] {mended[5]},
        1e-3f);
  }

  /** Where channels share even their noise, what one says of the other's field is wrong. */
  @Test
  void alikeChannelsHaveBiasFieldsOfTheirOwnToo() {
    final float[] up = voxels(1, 12), down = up.clone();
    final int nx = GRID.size(0);
    for (int v = 0; v < up.length; v++) {
      up[v] *= (float) (0.8 + 0.4 * (v % nx) / (nx - 1));
      down[v] *= (float) (1.2 - 0.4 * (v % nx) / (nx - 1));
    }
    final Segmentation found =
        SEGMENTER.segment(
            Subject.of(image(up, GRID)).with(image(down, GRID), Progress.NONE), Progress.NONE);
    assertTrue(slope(found, 0) > 1.12, "up, by 1.22 " + slope(found, 0));
    assertTrue(slope(found, 1) < 0.89, "down, by 0.82 " + slope(found, 1));
  }

  /** Ratio of the bias field in the middle of the halves along x. */
  private static double slope(final Segmentation found, final int channel) {
    final float[] field = VoxelRows.toFloats(found.biasField(channel, Progress.NONE).voxels());
    final int nx = GRID.size(0);
    final int row = (GRID.size(2) / 2 * GRID.size(1) + GRID.size(1) / 2) * nx;
    return field[row + 3 * nx / 4] / field[row + nx / 4];
  }

  @Test
  void channelsThatNoVoxelHasTogetherAreRefused() {
    final float[] left = voxels(0, 12), right = voxels(1, 12);
    for (int v = 0; v < left.length; v++) (v < left.length / 2 ? right : left)[v] = Float.NaN;
    final Subject subject = Subject.of(image(left, GRID)).with(image(right, GRID), Progress.NONE);
    final String sentence =
        assertThrows(InvalidInputException.class, () -> SEGMENTER.segment(subject, Progress.NONE))
            .getMessage();
    assertTrue(sentence.contains("have no voxel in common"), sentence);
  }

  @Test
  @SuppressWarnings("unchecked")
  void theReportTellsEveryChannelsIntensities() {
    final List<Map<String, Object>> rows =
        (List<Map<String, Object>>)
            SEGMENTER
                .segment(Subject.of(channel(0)).with(channel(1), Progress.NONE), Progress.NONE)
                .report()
                .get("intensities");
    for (final Map<String, Object> row : rows) {
      assertEquals(2, ((List<?>) row.get("mean")).size());
      assertEquals(2, ((List<?>) row.get("standard_deviation")).size());
      final List<List<Double>> r = (List<List<Double>>) row.get("correlation");
      assertEquals(1, r.get(0).get(0), 1e-9);
      assertEquals(r.get(0).get(1), r.get(1).get(0), 1e-9);
    }
  }
}
