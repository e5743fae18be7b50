package org.anatomicalpriors.segmentation;

import static org.anatomicalpriors.segmentation.ToyStudy.IMAGES;
import static org.anatomicalpriors.segmentation.ToyStudy.image;
import static org.anatomicalpriors.segmentation.ToyStudy.meanDice;
import static org.anatomicalpriors.segmentation.ToyStudy.prior;
import static org.anatomicalpriors.segmentation.ToyStudy.settings;
import static org.anatomicalpriors.segmentation.ToyStudy.truth;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.imglib2.type.numeric.real.FloatType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;
import org.junit.jupiter.api.Test;

class ImageMaskTest {

  private static final byte[] TRUTH = truth(0);
  private static final Grid GRID = IMAGES.load(0).grid();
  private static final Segmenter SEGMENTER = Segmenter.of(prior(), settings());

  /** 1 where there is a structure. */
  private static float[] anatomy() {
    final float[] inside = new float[TRUTH.length];
    for (int v = 0; v < inside.length; v++) inside[v] = TRUTH[v] > 0 ? 1 : 0;
    return inside;
  }

  /** All around the anatomy looks like one of its structures. */
  private static SpatialImage<FloatType> immersed() {
    final float[] x = VoxelRows.toFloats(IMAGES.load(0).voxels());
    double sum = 0;
    int n = 0;
    for (int v = 0; v < x.length; v++)
      if (TRUTH[v] == 1) {
        sum += x[v];
        n++;
      }
    for (int v = 0; v < x.length; v++) if (TRUTH[v] == 0) x[v] = (float) (sum / n + v % 7 - 3);
    return image(x, GRID);
  }

  private static Segmentation within(final float[] mask) {
    final SpatialImage<FloatType> scan = immersed();
    return SEGMENTER.segment(
        Subject.of(scan).within(ImageMask.of(image(mask, GRID), scan)), Progress.NONE);
  }

  @Test
  void whatIsOutsideIsBackgroundAndNoLongerMisleads() {
    final double without = meanDice(TRUTH, SEGMENTER.segment(immersed(), Progress.NONE).labels());
    final Segmentation masked = within(anatomy());
    final double with = meanDice(TRUTH, masked.labels());
    assertTrue(1 - with < 0.5 * (1 - without), without + " without mask, " + with + " with it");
    final float[] background = VoxelRows.toFloats(masked.posterior(0, Progress.NONE).voxels());
    final float[] other = VoxelRows.toFloats(masked.posterior(1, Progress.NONE).voxels());
    final float[] entropy = VoxelRows.toFloats(masked.uncertainty(Progress.NONE).voxels());
    int outside = 0;
    for (int v = 0; v < TRUTH.length; v++) {
      if (TRUTH[v] > 0) continue;
      outside++;
      assertEquals(0, masked.labels()[v]);
      assertEquals(1, background[v]);
      assertEquals(0, other[v]);
      assertEquals(0, entropy[v]);
    }
    assertEquals(TRUTH.length - outside, masked.report().get("mask_voxels"));
  }

  @Test
  void aMaskOfEverythingChangesNothing() {
    final float[] all = new float[TRUTH.length];
    Arrays.fill(all, 255);
    assertArrayEquals(SEGMENTER.segment(immersed(), Progress.NONE).labels(), within(all).labels());
  }

  private static String refusal(final SpatialImage<FloatType> mask) {
    return assertThrows(InvalidInputException.class, () -> ImageMask.of(mask, immersed()))
        .getMessage();
  }

  @Test
  void aMaskLiesOnTheImagesVoxels() {
    final Grid moved =
        new Grid(GRID.size(), Affine.translation(1, 0, 0).after(GRID.toWorld()), GRID.unit());
    assertTrue(refusal(image(anatomy(), moved)).contains("does not lie on the grid of scan.nii"));
    final Grid unknown = new Grid(GRID.size(), Affine.identity(), "pixel");
    assertTrue(ImageMask.of(image(anatomy(), unknown), immersed()).count() > 0);
    final Grid small = new Grid(new int[] {2, 2, 2}, Affine.identity(), "pixel");
    assertTrue(refusal(image(new float[8], small)).contains("resample it"));
  }

  @Test
  void labelsPickedOutsideDoNotCount() {
    final float[] mask = anatomy();
    final byte[] picked = TRUTH.clone();
    for (int v = 0; v < picked.length; v++) if (picked[v] == 0) picked[v] = 2;
    final SpatialImage<FloatType> scan = immersed();
    final Subject masked = Subject.of(scan).within(ImageMask.of(image(mask, GRID), scan));
    assertEquals(
        SEGMENTER.segment(masked.picked(TRUTH), Progress.NONE).report().get("intensities"),
        SEGMENTER.segment(masked.picked(picked), Progress.NONE).report().get("intensities"));
  }

  @Test
  void aMaskIsOfItsImagesSize() {
    final Grid small = new Grid(new int[] {4, 4, 4}, Affine.identity(), "mm");
    final float[] ones = new float[64];
    Arrays.fill(ones, 1);
    final ImageMask mask = ImageMask.of(image(ones, small), image(new float[64], small));
    assertTrue(
        assertThrows(InvalidInputException.class, () -> Subject.of(immersed()).within(mask))
            .getMessage()
            .contains("has 64 voxels"));
  }

  @Test
  void anEmptyMaskIsRefused() {
    final String refusal = refusal(image(new float[TRUTH.length], GRID));
    assertTrue(refusal.contains("is nowhere above 0"), refusal);
  }

  @Test
  void contrastIsNeededInside() {
    final float[] one = new float[TRUTH.length];
    one[TRUTH.length / 2] = 1;
    final String refusal =
        assertThrows(InvalidInputException.class, () -> within(one)).getMessage();
    assertTrue(refusal.contains("within its mask has the value"), refusal);
  }
}
