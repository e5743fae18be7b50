package org.anatomicalpriors.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.anatomicalpriors.model.FittedImage;
import org.anatomicalpriors.model.LabelPosteriors;
import org.anatomicalpriors.space.Grid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body (1) with two balls in it (2 and 3, one group), among nothing (0). */
class ImageSimulationTest {

  private static final int LABELS = 4;
  private static final int[] GROUPS = {0, 1, 2, 2};

  private static Grid grid(final int depth) {
    return Grid.centred(new int[] {32, 28, depth}, new double[] {1, 1, 1}, new double[3], "mm");
  }

  private static byte[] map(final Grid grid, final double shift) {
    final byte[] map = new byte[grid.voxelCount()];
    for (int v = 0; v < map.length; v++) {
      final double[] p = grid.toWorld().apply(v % 32, v / 32 % 28, v / 32 / 28);
      final double x = p[0] - shift, y = p[1], z = p[2];
      if (x * x / 169 + y * y / 121 + z * z / 64 < 1) map[v] = 1;
      if ((x - 5) * (x - 5) + y * y + z * z < 14) map[v] = 2;
      if ((x + 5) * (x + 5) + y * y + z * z < 14) map[v] = 3;
    }
    return map;
  }

  private static float[] atlas(final Grid grid) {
    return ToyData.atlas(
        List.of(map(grid, -1.5), map(grid, 0), map(grid, 1.5)), grid, LABELS, null, 1);
  }

  private static FittedImage simulate(final Grid grid, final byte[] map, final long seed) {
    return new ImageSimulation(grid, GROUPS, atlas(grid)).simulate(map, new SplittableRandom(seed));
  }

  private static float[] probabilities(final float[] logs) {
    final float[] p = new float[logs.length];
    for (int i = 0; i < p.length; i++) p[i] = (float) Math.exp(logs[i]);
    return p;
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 1})
  void oneSeedGivesOneImageAndAnotherAnother(final int depth) {
    final Grid grid = grid(depth);
    final byte[] map = map(grid, 1);
    final FittedImage a = simulate(grid, map, 5), b = simulate(grid, map, 5);
    assertArrayEquals(a.image().values(), b.image().values());
    assertArrayEquals(a.intensities().state(), b.intensities().state());
    assertFalse(Arrays.equals(a.image().values(), simulate(grid, map, 6).image().values()));
  }

  @Test
  void structuresStandOutByTheirGroups() {
    final Grid grid = grid(20);
    final byte[] map = map(grid, 1);
    double between = 0, within = 0;
    final int images = 40;
    for (int seed = 0; seed < images; seed++) {
      final double[] mean = new double[LABELS], square = new double[LABELS], n = new double[LABELS];
      final float[] x = simulate(grid, map, seed).image().values();
      for (int v = 0; v < x.length; v++) {
        mean[map[v]] += x[v];
        square[map[v]] += x[v] * x[v];
        n[map[v]]++;
      }
      for (int l = 0; l < LABELS; l++) mean[l] /= n[l];
      between += Math.abs(mean[1] - mean[2]) / images;
      within += Math.abs(mean[2] - mean[3]) / images;
    }
    // Two uniform numbers differ by 1/3 on average; two labels of a group by sqrt(2) 0.05 * 0.8.
    assertEquals(1 / 3.0, between, 0.1);
    assertEquals(0.056, within, 0.03);
  }

  @Test
  void whatIsNotKnownIsOutOfTheImage() {
    final Grid grid = grid(20);
    final byte[] map = map(grid, 0);
    Arrays.fill(map, 0, 2000, (byte) 255);
    final float[] mask = simulate(grid, map, 3).image().mask();
    for (int v = 0; v < mask.length; v++) assertEquals(v < 2000 ? 0 : 1, mask[v]);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 1})
  void fittedIntensitiesTellMoreThanTheAtlas(final int depth) {
    final Grid grid = grid(depth);
    final byte[] map = map(grid, 1.5);
    final float[] atlas = probabilities(atlas(grid));
    final double still =
        OverlapScore.meanDice(LabelPosteriors.mostProbable(atlas, LABELS), map, LABELS);
    double found = 0;
    final int images = 20;
    for (int seed = 0; seed < images; seed++) {
      final FittedImage x = simulate(grid, map, seed);
      final float[] p = LabelPosteriors.of(atlas, x.image(), x.intensities());
      found += OverlapScore.meanDice(LabelPosteriors.mostProbable(p, LABELS), map, LABELS) / images;
    }
    assertTrue(found > still + 0.05, still + " by the atlas, " + found + " with images");
  }
}
