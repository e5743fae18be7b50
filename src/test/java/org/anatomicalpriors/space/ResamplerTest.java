package org.anatomicalpriors.space;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import net.imglib2.img.array.ArrayImgs;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.CancelledProgress;
import org.anatomicalpriors.progress.Progress;
import org.junit.jupiter.api.Test;

class ResamplerTest {

  private static final int[] SIZE = {6, 5, 4};

  private static Grid grid(final Affine toWorld, final int... size) {
    return new Grid(size, toWorld, "mm");
  }

  private static byte[] randomLabels(final int n) {
    final byte[] labels = new byte[n];
    final Random random = new Random(1);
    for (int i = 0; i < n; i++) labels[i] = (byte) random.nextInt(200);
    return labels;
  }

  private static float[] randomImage(final int n) {
    final float[] image = new float[n];
    final Random random = new Random(2);
    for (int i = 0; i < n; i++) image[i] = (float) random.nextGaussian();
    return image;
  }

  private static byte[] labels(final byte[] source, final Grid from, final Grid to) {
    return Resampler.labels(source, from, Affine.identity(), to, 2, Progress.NONE);
  }

  @Test
  void sameGridChangesNothing() {
    final Affine world =
        Affine.ofRows(
            new double[] {-0.7, 0, 0.1, 5},
            new double[] {0.2, 0, 1.5, 6},
            new double[] {0, 2, 0, 7});
    final Grid grid = grid(world, SIZE);
    final byte[] labels = randomLabels(120);
    assertArrayEquals(labels, labels(labels, grid, grid));
    final float[] image = randomImage(120);
    assertArrayEquals(
        image,
        Resampler.image(
            new SpatialImage<>(ArrayImgs.floats(image, 6, 5, 4), grid, "image"),
            Affine.identity(),
            grid,
            2,
            Progress.NONE),
        1e-5f);
  }

  @Test
  void shiftMovesVoxelsAndMarksTheOutside() {
    final byte[] labels = randomLabels(120);
    final float[] image = randomImage(120);
    final Affine shift = Affine.translation(2, -1, 0);
    final byte[] moved = Resampler.labels(labels, SIZE, shift, SIZE, 1, Progress.NONE);
    final float[] movedImage = Resampler.image(image, SIZE, shift, SIZE, 1, Progress.NONE);
    for (int z = 0, i = 0; z < 4; z++)
      for (int y = 0; y < 5; y++)
        for (int x = 0; x < 6; x++, i++) {
          final boolean inside = x + 2 < 6 && y - 1 >= 0;
          final int from = (z * 5 + y - 1) * 6 + x + 2;
          assertEquals(inside ? labels[from] & 0xff : Resampler.OUTSIDE, moved[i] & 0xff);
          assertEquals(inside ? image[from] : Float.NaN, movedImage[i], 1e-6f);
        }
  }

  @Test
  void halfVoxelShiftAveragesNeighbours() {
    final float[] image = {1, 3, 7, 13};
    final float[] result =
        Resampler.image(
            image,
            new int[] {4, 1, 1},
            Affine.translation(0.5, 0, 0),
            new int[] {4, 1, 1},
            1,
            Progress.NONE);
    assertEquals(2, result[0], 1e-6);
    assertEquals(5, result[1], 1e-6);
    assertEquals(10, result[2], 1e-6);
    assertTrue(Float.isNaN(result[3]));
  }

  @Test
  void halvingTakesTheMajorityAndTheMean() {
    final Grid fine = grid(Affine.translation(10, 20, 30), 4, 4, 4);
    final Grid coarse =
        Grid.centred(
            new int[] {2, 2, 2}, new double[] {2, 2, 2}, new double[] {11.5, 21.5, 31.5}, "mm");
    final byte[] labels = new byte[64];
    final float[] image = randomImage(64);
    for (int i = 0; i < 64; i++) labels[i] = (byte) (i % 2 == 0 ? 3 : 4); // a tie
    labels[0] = 4; // first block: five times 4
    labels[2] = 9; // second block: three 3, one 9, four 4
    final byte[] votes = labels(labels, fine, coarse);
    // In a tie the surroundings decide: another 3 to the right of a left block, and so on.
    assertArrayEquals(new byte[] {4, 4, 3, 4, 3, 4, 3, 4}, votes);
    final float[] means =
        Resampler.image(
            new SpatialImage<>(ArrayImgs.floats(image, 4, 4, 4), fine, "image"),
            Affine.identity(),
            coarse,
            3,
            Progress.NONE);
    double sum = 0;
    for (int z = 0; z < 2; z++)
      for (int y = 0; y < 2; y++) for (int x = 2; x < 4; x++) sum += image[(z * 4 + y) * 4 + x];
    assertEquals(sum / 8, means[1], 1e-5);
  }

  @Test
  void orderOfLabelsDoesNotDecideWhenVoxelsDouble() {
    final int n = 48;
    final Grid fine =
        Grid.centred(new int[] {n, n, n}, new double[] {1, 1, 1}, new double[3], "mm");
    final Grid coarse =
        Grid.centred(new int[] {n / 2, n / 2, n / 2}, new double[] {2, 2, 2}, new double[3], "mm");
    final byte[] labels = new byte[n * n * n], turned = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) { // bent layers
      final double x = i % n, y = i / n % n, z = i / n / n;
      labels[i] = (byte) Math.floorMod((int) Math.floor(x / 4 + Math.sin(y / 5) + z / 9), 4);
      turned[i] = (byte) (3 - labels[i]);
    }
    final byte[] votes = labels(labels, fine, coarse), others = labels(turned, fine, coarse);
    int different = 0;
    for (int i = 0; i < votes.length; i++) if (votes[i] != 3 - others[i]) different++;
    assertEquals(0, different / (double) votes.length, 0.02);
  }

  @Test
  void reorientationIsExact() {
    // Target axes: x along -z of the source, y along x, z along -y.
    final byte[] labels = randomLabels(120);
    final Affine turn =
        Affine.ofRows(
            new double[] {0, 1, 0, 0}, new double[] {0, 0, -1, 4}, new double[] {-1, 0, 0, 3});
    final byte[] turned =
        Resampler.labels(labels, SIZE, turn, new int[] {4, 6, 5}, 2, Progress.NONE);
    for (int z = 0, i = 0; z < 5; z++)
      for (int y = 0; y < 6; y++)
        for (int x = 0; x < 4; x++, i++)
          assertEquals(labels[((3 - x) * 5 + 4 - z) * 6 + y], turned[i]);
    final byte[] back =
        Resampler.labels(turned, new int[] {4, 6, 5}, turn.inverse(), SIZE, 2, Progress.NONE);
    assertArrayEquals(labels, back);
  }

  @Test
  void affineBetweenWorldsIsUsed() {
    final byte[] labels = randomLabels(120);
    final Grid source = grid(Affine.identity(), SIZE);
    final Affine toTarget = Affine.translation(5, 6, 7).after(Affine.scale(2, 3, 4));
    final Grid target = grid(toTarget, SIZE);
    assertArrayEquals(labels, Resampler.labels(labels, source, toTarget, target, 1, Progress.NONE));
  }

  @Test
  void missingValuesCountAsOutside() {
    final float[] image = {1, Float.NaN, 3, Float.POSITIVE_INFINITY};
    final int[] size = {4, 1, 1};
    final float[] same = Resampler.image(image, size, Affine.identity(), size, 1, Progress.NONE);
    assertEquals(1, same[0], 0);
    assertTrue(Float.isNaN(same[1]));
    assertEquals(3, same[2], 0);
    assertTrue(Float.isNaN(same[3]));
    final float[] near =
        Resampler.image(image, size, Affine.translation(0.2, 0, 0), size, 1, Progress.NONE);
    assertEquals(1, near[0], 1e-6, "only the finite neighbour counts");
  }

  @Test
  void unknownSourceVoxelsStayUnknown() {
    final byte[] source = {1, (byte) 255, (byte) 255, (byte) 255};
    final byte[] result =
        Resampler.labels(
            source,
            new int[] {4, 1, 1},
            Affine.translation(0.5, 0, 0).after(Affine.scale(2, 1, 1)),
            new int[] {2, 1, 1},
            1,
            Progress.NONE);
    assertArrayEquals(new byte[] {1, (byte) 255}, result);
  }

  @Test
  void parallelWorkRunsOnceEachAndStops() {
    final AtomicIntegerArray runs = new AtomicIntegerArray(1000);
    Parallel.forEach(1000, 4, Progress.NONE, runs::incrementAndGet);
    for (int i = 0; i < 1000; i++) assertEquals(1, runs.get(i));
    final Progress cancelled = new CancelledProgress(() -> runs.get(0) > 1);
    assertThrows(
        CancelledException.class,
        () -> Parallel.forEach(1000, 3, cancelled, i -> runs.incrementAndGet(0)));
    assertThrows(
        IllegalStateException.class,
        () ->
            Parallel.forEach(
                50,
                3,
                Progress.NONE,
                i -> {
                  if (i == 17) throw new IllegalStateException("17");
                }));
  }

  @Test
  void plannedGridHoldsAllMapsAndFlipsOntoItself() {
    final byte[] indices = new byte[40 * 30 * 20];
    for (int z = 5; z < 15; z++)
      for (int y = 3; y < 27; y++) for (int x = 10; x < 38; x++) indices[(z * 30 + y) * 40 + x] = 2;
    final Grid source = grid(Affine.translation(-20, 0, 0), 40, 30, 20);
    final double[][] bounds = GridPlanner.bounds(indices, source, Affine.scale(2, 2, 2));
    for (int d = 0; d < 3; d++) {
      assertEquals(new double[] {-20, 6, 10}[d], bounds[0][d], 0.1);
      assertEquals(new double[] {34, 52, 28}[d], bounds[1][d], 0.1);
    }
    final Grid plan =
        GridPlanner.plan(
            Collections.singletonList(bounds), new double[] {2, 2, 3}, 4, 8, false, true, "mm");
    assertArrayEquals(new int[] {40, 32, 16}, plan.size());
    final double[] first = plan.toWorld().apply(0, 0, 0);
    final double[] last = plan.toWorld().apply(39, 31, 15);
    assertEquals(-first[0], last[0], 1e-9);
    assertEquals(29, 0.5 * (first[1] + last[1]), 0.1);
    final Grid flat =
        GridPlanner.plan(
            Collections.singletonList(bounds), new double[] {2, 2, 3}, 4, 8, true, true, "mm");
    assertEquals(1, flat.size(2));
    // One multiple would be a single voxel on the coarsest level, like an axis that has no more.
    final Grid thin =
        GridPlanner.plan(
            Collections.singletonList(bounds), new double[] {2, 2, 30}, 4, 8, false, true, "mm");
    assertEquals(16, thin.size(2));
    final InvalidInputException e =
        assertThrows(
            InvalidInputException.class,
            () ->
                GridPlanner.plan(
                    Collections.singletonList(bounds),
                    new double[] {1e-3, 1e-3, 1e-3},
                    4,
                    8,
                    false,
                    true,
                    "mm"));
    assertTrue(e.getMessage().contains("give a larger spacing"));
  }
}
