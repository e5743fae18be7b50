package org.anatomicalpriors.segmentation;

import static org.anatomicalpriors.segmentation.ToyStudy.IMAGES;
import static org.anatomicalpriors.segmentation.ToyStudy.image;
import static org.anatomicalpriors.segmentation.ToyStudy.prior;
import static org.anatomicalpriors.segmentation.ToyStudy.settings;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.VoxelRows;
import org.junit.jupiter.api.Test;

/** Where the anatomy may be. */
class AnatomyRegionTest {

  private static final int LABELS = 3;
  private static final int PAD = 4;

  /** A single voxel in the middle that may be a structure. */
  private static AnatomyRegion ofOneVoxel(final Grid grid, final int voxel) {
    final float[] atlas = new float[grid.voxelCount() * LABELS];
    for (int v = 0; v < grid.voxelCount(); v++) {
      final float p = v == voxel ? 0.1f : 0.003f;
      atlas[v * LABELS] = 1 - p;
      atlas[v * LABELS + 2] = p;
    }
    return AnatomyRegion.of(atlas, grid);
  }

  @Test
  void itIsTheAnatomyAndAMarginInUnitsOfTheWorld() {
    final int nx = 24, ny = 24, nz = 12;
    final Grid grid =
        Grid.centred(new int[] {nx, ny, nz}, new double[] {1, 1, 2}, new double[3], "mm");
    final AnatomyRegion region = ofOneVoxel(grid, (6 * ny + 12) * nx + 12);
    final double margin = 0.06 * grid.extent();
    for (int v = 0; v < grid.voxelCount(); v++) {
      final int x = v % nx, y = v / nx % ny, z = v / nx / ny;
      final boolean near =
          Math.abs(x - 12) <= Math.ceil(margin)
              && Math.abs(y - 12) <= Math.ceil(margin)
              && Math.abs(z - 6) <= Math.ceil(margin / 2);
      assertEquals(near, region.contains(v), x + " " + y + " " + z);
      assertEquals(near, region.contains(x + 0.3, y - 0.3, z + 0.3));
    }
    assertTrue(margin > 1 && margin < 6, "the margin ends within the grid: " + margin);
    for (final double outside : new double[] {-1, 99}) assertFalse(region.contains(outside, 12, 6));
  }

  @Test
  void atTheGridsBorderItEnds() {
    final Grid grid =
        Grid.centred(new int[] {9, 9, 1}, new double[] {1, 1, 1}, new double[3], "um");
    final AnatomyRegion region = ofOneVoxel(grid, 8);
    assertTrue(region.contains(8) && region.contains(7));
    assertFalse(region.contains(9), "the next row's first voxel is not its neighbour");
  }

  /** Whether interpolation takes nothing from there into the region. */
  private static boolean isFar(final AnatomyRegion region, final double[] p) {
    boolean near = false;
    for (int corner = 0; corner < 8; corner++)
      near |=
          region.contains(
              p[0] + ((corner & 1) - 0.5) * 2,
              p[1] + ((corner >> 1 & 1) - 0.5) * 2,
              p[2] + ((corner >> 2 & 1) - 0.5) * 2);
    return !near;
  }

  /** An image with much beside it that is no anatomy. */
  private static float[] padded(final Grid wide) {
    final Grid own = IMAGES.load(0).grid();
    final float[] inner = VoxelRows.toFloats(IMAGES.load(0).voxels());
    final float[] all = new float[wide.voxelCount()];
    final Random random = new Random(2);
    for (int v = 0; v < all.length; v++) all[v] = 150 * random.nextFloat();
    for (int v = 0; v < inner.length; v++) {
      final int x = v % own.size(0), y = v / own.size(0) % own.size(1);
      final int z = v / own.size(0) / own.size(1);
      all[((z + PAD) * wide.size(1) + y + PAD) * wide.size(0) + x + PAD] = inner[v];
    }
    return all;
  }

  /** Whatever lies there and wherever: shuffled, it is the same image to the model. */
  @Test
  void whatIsFarFromTheAnatomyDoesNotMatter() {
    final Grid own = IMAGES.load(0).grid();
    final int[] size = new int[3];
    for (int d = 0; d < 3; d++) size[d] = own.size(d) + 2 * PAD;
    final Grid wide =
        new Grid(size, own.toWorld().after(Affine.translation(-PAD, -PAD, -PAD)), own.unit());
    final float[] voxels = padded(wide), shuffled = voxels.clone();
    shuffleFar(shuffled, wide);
    final Settings inPlace = settings().with(SegmentationSettings.ALIGN, false);
    assertArrayEquals(posterior(voxels, wide, inPlace), posterior(shuffled, wide, inPlace));
    final Settings anywhere = inPlace.with(SegmentationSettings.FIND_MASK, false);
    assertFalse(
        Arrays.equals(posterior(voxels, wide, anywhere), posterior(shuffled, wide, anywhere)),
        "switched off it counts");
  }

  private static void shuffleFar(final float[] voxels, final Grid grid) {
    final Grid common = prior().description().grid();
    final AnatomyRegion region = AnatomyRegion.of(prior().atlas(), common);
    final Affine toPrior = common.toWorld().inverse().after(grid.toWorld());
    final int nx = grid.size(0), ny = grid.size(1);
    final List<Integer> far = new ArrayList<>();
    final List<Float> there = new ArrayList<>();
    for (int v = 0; v < voxels.length; v++)
      if (isFar(region, toPrior.apply(v % nx, v / nx % ny, v / nx / ny))) {
        far.add(v);
        there.add(voxels[v]);
      }
    Collections.shuffle(there, new Random(1));
    for (int i = 0; i < far.size(); i++) voxels[far.get(i)] = there.get(i);
  }

  private static float[] posterior(final float[] voxels, final Grid grid, final Settings settings) {
    return VoxelRows.toFloats(
        Segmenter.of(prior(), settings)
            .segment(image(voxels, grid), Progress.NONE)
            .posterior(1, Progress.NONE)
            .voxels());
  }
}
