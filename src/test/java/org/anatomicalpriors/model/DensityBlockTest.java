package org.anatomicalpriors.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class DensityBlockTest {

  private static final double[] MEAN = {0.1, 0.9, 0.5};
  private static final double[] VARIANCE = {1e-5, 0.04, 2};
  private static final double[] WEIGHT = {0.25, 0.75, 1};

  private static final IntensityModel MODEL =
      new IntensityModel(new int[] {0, 1}, new int[] {0, 0, 1}, MEAN, VARIANCE, WEIGHT, 0.1, 10);

  private static ImageVector image(final int voxels) {
    final float[] x = new float[voxels];
    for (int v = 0; v < voxels; v++) x[v] = v % 7 == 6 ? Float.NaN : -1 + 3f * v / voxels;
    return ImageVector.of(x, 0, 1);
  }

  @Test
  void areTheNormalDensities() {
    final ImageVector x = image(1000);
    final DensityBlock block = new DensityBlock(MODEL);
    block.forEach(
        x,
        0,
        x.voxels(),
        1,
        (voxels, count) -> {
          for (int c = 0; c < MEAN.length; c++) {
            final NormalDistribution normal =
                new NormalDistribution(MEAN[c], Math.sqrt(VARIANCE[c]));
            for (int i = 0; i < count; i++) {
              final double exact = WEIGHT[c] * normal.density(x.values()[voxels[i]]);
              // The exponent is a float: of a far voxel it has fewer digits after the point.
              assertEquals(exact, block.components()[c][i], 1e-10 + 1e-4 * exact);
            }
          }
        });
  }

  @Test
  void groupsAreSumsWithOutliers() {
    final ImageVector x = image(DensityBlock.SIZE);
    final DensityBlock block = new DensityBlock(MODEL);
    block.of(x, new int[] {22, 3}, 2);
    final float[][] groups = block.groups();
    for (int i = 0; i < 2; i++) {
      final int v = i == 0 ? 22 : 3;
      assertEquals(
          IntensityModel.OUTLIERS + MODEL.density(0, x, v) + MODEL.density(1, x, v),
          groups[0][i],
          1e-5);
      assertEquals(IntensityModel.OUTLIERS + MODEL.density(2, x, v), groups[1][i], 1e-5);
    }
  }

  @Test
  void everyVoxelThatCountsIsVisitedOnce() {
    final ImageVector x = image(500);
    final List<Integer> seen = new ArrayList<>(), expected = new ArrayList<>();
    new DensityBlock(MODEL)
        .forEach(
            x,
            10,
            490,
            3,
            (voxels, count) -> {
              assertTrue(count > 0);
              for (int i = 0; i < count; i++) seen.add(voxels[i]);
            });
    for (int v = 10; v < 490; v += 3) if (x.isKnown(v, 0)) expected.add(v);
    assertEquals(expected, seen);
  }

  @Test
  void whatIsFarFromAllComponentsIsAnOutlier() {
    final ImageVector x = ImageVector.of(new float[] {1e30f, -1e9f}, 0, 1);
    final DensityBlock block = new DensityBlock(MODEL);
    block.of(x, new int[] {0, 1}, 2);
    for (int i = 0; i < 2; i++)
      for (int g = 0; g < 2; g++)
        assertEquals((float) IntensityModel.OUTLIERS, block.groups()[g][i]);
  }
}
