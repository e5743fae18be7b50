package org.anatomicalpriors.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.Resampler;
import org.junit.jupiter.api.Test;

class AugmentationTest {

  private static final int[] MIRROR = {0, 2, 1, 3};
  private static final Grid GRID =
      Grid.centred(new int[] {40, 48, 44}, new double[] {4, 4, 4}, new double[] {0, 10, 20}, "mm");

  /** Ellipsoid: 1 on the right, 2 on the left, a ball 3 inside on the right. */
  private static TrainingMap brain(final Grid grid) {
    final byte[] indices = new byte[grid.voxelCount()];
    int i = 0;
    for (int z = 0; z < grid.size(2); z++)
      for (int y = 0; y < grid.size(1); y++)
        for (int x = 0; x < grid.size(0); x++, i++) {
          final double[] p = grid.toWorld().apply(x, y, z);
          final double r =
              Math.pow(p[0] / 60, 2)
                  + Math.pow((p[1] - 10) / 75, 2)
                  + Math.pow((p[2] - 20) / 65, 2);
          if (r > 1) continue;
          final double ball = Math.hypot(Math.hypot(p[0] - 30, p[1] - 20), p[2] - 20);
          indices[i] = (byte) (ball < 12 ? 3 : p[0] > 0 ? 1 : 2);
        }
    return new TrainingMap(indices, grid, Affine.identity(), "brain");
  }

  private static final Grid FINE =
      Grid.centred(new int[] {72, 86, 78}, new double[] {2, 2, 2}, new double[] {0.3, 9, 21}, "mm");

  private static int differing(final byte[] a, final byte[] b) {
    int n = 0;
    for (int i = 0; i < a.length; i++) if (a[i] != b[i]) n++;
    return n;
  }

  @Test
  void seedDecides() {
    final Augmentation augmentation =
        new Augmentation(GRID, MIRROR, AugmentationSettings.defaults());
    final TrainingMap map = brain(FINE);
    final byte[] first = augmentation.augment(map, 7);
    assertArrayEquals(first, augmentation.augment(map, 7));
    assertTrue(differing(first, augmentation.augment(map, 8)) > 1000);
  }

  @Test
  void augmentedAnatomiesStayPlausible() {
    final Augmentation augmentation =
        new Augmentation(GRID, MIRROR, AugmentationSettings.defaults().withFlip(false));
    final TrainingMap map = brain(FINE);
    final byte[] plain = augmentation.plain(map, false);
    for (int seed = 0; seed < 10; seed++) {
      final byte[] labels = augmentation.augment(map, seed);
      int both = 0, either = 0, ball = 0;
      for (int i = 0; i < labels.length; i++) {
        assertTrue(labels[i] >= 0 && labels[i] <= 3, "no voxel is unknown");
        if (labels[i] > 0 || plain[i] > 0) either++;
        if (labels[i] > 0 && plain[i] > 0) both++;
        if (labels[i] == 3) ball++;
      }
      final double overlap = (double) both / either;
      assertTrue(overlap > 0.65 && overlap < 0.99, "seed " + seed + " overlaps by " + overlap);
      assertTrue(ball > 40 && ball < 300, "seed " + seed + " has a ball of " + ball + " voxels");
    }
  }

  @Test
  void withoutChangesTheMapIsResampled() {
    final Augmentation none = new Augmentation(GRID, MIRROR, AugmentationSettings.none());
    final TrainingMap map = brain(GRID);
    assertArrayEquals(map.indices(), none.augment(map, 3));
    final Affine world = Affine.translation(30, -7, 2).after(Affine.scale(-1.5, 2, 1));
    final TrainingMap elsewhere =
        new TrainingMap(
            map.indices(),
            new Grid(GRID.size(), world, "mm"),
            GRID.toWorld().after(world.inverse()),
            "e");
    assertArrayEquals(map.indices(), none.augment(elsewhere, 3));
  }

  @Test
  void flipSwapsSidesAndTwiceIsNothing() {
    final Augmentation none = new Augmentation(GRID, MIRROR, AugmentationSettings.none());
    final TrainingMap map = brain(GRID);
    final byte[] flipped = none.plain(map, true);
    final int nx = GRID.size(0);
    for (int i = 0; i < flipped.length; i++) {
      final int x = i % nx;
      assertEquals(MIRROR[map.indices()[i - x + nx - 1 - x]], flipped[i]);
    }
    assertTrue(differing(flipped, map.indices()) > 0, "the ball is on one side only");
    final TrainingMap again = new TrainingMap(flipped, GRID, Affine.identity(), "flipped");
    assertArrayEquals(map.indices(), none.plain(again, true));
  }

  @Test
  void everySecondAnatomyIsFlipped() {
    final Augmentation flips =
        new Augmentation(GRID, MIRROR, AugmentationSettings.none().withFlip(true));
    final TrainingMap map = brain(GRID);
    int flipped = 0;
    for (int seed = 0; seed < 40; seed++)
      if (!Arrays.equals(map.indices(), flips.augment(map, seed))) flipped++;
    assertTrue(flipped > 10 && flipped < 30, flipped + " of 40");
  }

  @Test
  void deformationNeverFolds() {
    final double extent = Augmentation.extent(GRID);
    assertEquals(Math.cbrt(160.0 * 192 * 176), extent, 1e-9);
    double change = 0;
    for (int seed = 0; seed < 12; seed++) {
      // Also ten times the default amplitude, which would fold everywhere if it were let.
      final AugmentationSettings settings =
          seed < 8
              ? AugmentationSettings.defaults()
              : AugmentationSettings.defaults().withDeformation(0.15, 0.12, 0.1, 0.3);
      final double[] u =
          displacements(Deformation.random(GRID, settings, extent, new Random(seed)));
      double lowest = 1, squares = 0;
      final int nx = 40, ny = 48, nz = 44;
      for (int z = 1; z < nz - 1; z++)
        for (int y = 1; y < ny - 1; y++)
          for (int x = 1; x < nx - 1; x++) {
            final int i = 3 * ((z * ny + y) * nx + x);
            final int[] step = {3, 3 * nx, 3 * nx * ny};
            final double[][] j = new double[3][4];
            for (int r = 0; r < 3; r++) {
              squares += u[i + r] * u[i + r];
              for (int c = 0; c < 3; c++)
                j[r][c] = (u[i + r + step[c]] - u[i + r - step[c]]) / 8 + (r == c ? 1 : 0);
            }
            lowest = Math.min(lowest, Affine.ofRows(j).determinant());
          }
      assertTrue(lowest > 0.1, "seed " + seed + ": lowest Jacobian determinant " + lowest);
      if (seed < 8) change += Math.sqrt(squares / (3.0 * (nx - 2) * (ny - 2) * (nz - 2))) / 8;
    }
    // Both splines together: sqrt(0.015^2 + 0.01^2) of the extent, less where it was held back.
    assertTrue(change < 0.02 * extent && change > 0.012 * extent, "standard deviation " + change);
  }

  private static double[] displacements(final Deformation deformation) {
    final double[] u = new double[3 * GRID.voxelCount()];
    final double[] slice = new double[u.length / GRID.size(2)];
    final Deformation.Slices slices = deformation.new Slices();
    for (int z = 0; z < GRID.size(2); z++) {
      slices.read(z, slice);
      System.arraycopy(slice, 0, u, z * slice.length, slice.length);
    }
    return u;
  }

  @Test
  void flatAnatomiesStayInTheirPlane() {
    final Grid flat =
        Grid.centred(new int[] {64, 64, 1}, new double[] {1, 1, 5}, new double[] {0, 0, 9}, "um");
    final byte[] indices = new byte[64 * 64];
    for (int y = 20; y < 44; y++)
      for (int x = 16; x < 48; x++) indices[64 * y + x] = (byte) (x < 32 ? 2 : 1);
    final TrainingMap map = new TrainingMap(indices, flat, Affine.identity(), "flat");
    final Augmentation augmentation =
        new Augmentation(flat, MIRROR, AugmentationSettings.defaults());
    for (int seed = 0; seed < 20; seed++) {
      final byte[] labels = augmentation.augment(map, seed);
      int labelled = 0;
      for (final byte l : labels) {
        assertTrue(l >= 0, "every voxel is sampled in the plane");
        if (l != 0) labelled++;
      }
      assertTrue(labelled > 400 && labelled < 1300, "seed " + seed + ": " + labelled);
    }
  }

  @Test
  void croppingChangesNothingButTheSize() {
    final Augmentation augmentation =
        new Augmentation(GRID, MIRROR, AugmentationSettings.defaults());
    final Grid wide =
        Grid.centred(
            new int[] {110, 110, 110}, new double[] {2, 2, 2}, new double[] {0, 10, 20}, "mm");
    final TrainingMap map = brain(wide);
    final TrainingMap cropped = map.crop(1);
    assertTrue(cropped.indices().length < map.indices().length / 2);
    assertArrayEquals(augmentation.augment(map, 4), augmentation.augment(cropped, 4));
    final TrainingMap empty =
        new TrainingMap(
            new byte[8],
            new Grid(new int[] {2, 2, 2}, Affine.identity(), "mm"),
            Affine.identity(),
            "case 3");
    assertTrue(
        assertThrows(InvalidInputException.class, () -> empty.crop(1))
            .getMessage()
            .startsWith("case 3 holds background only"));
  }

  @Test
  void outsideIsUnknownOnlyWhereAStructureIsCut() {
    // The field of view ends inside the brain at the bottom.
    final Grid cut =
        Grid.centred(
            new int[] {72, 86, 40}, new double[] {2, 2, 2}, new double[] {0, 10, 60}, "mm");
    final byte[] labels =
        new Augmentation(GRID, MIRROR, AugmentationSettings.none()).augment(brain(cut), 0);
    int unknown = 0;
    for (int i = 0; i < labels.length; i++) {
      if ((labels[i] & 0xff) != Resampler.OUTSIDE) continue;
      unknown++;
      assertTrue(GRID.toWorld().apply(0, 0, i / (40 * 48))[2] < 20);
    }
    assertTrue(unknown > 100);
    assertEquals(0, labels[0], "beside the brain it is background");
    assertFalse(Arrays.equals(labels, brain(GRID).indices()));
  }

  @Test
  void wrongSettingsAreRefused() {
    assertTrue(
        assertThrows(
                InvalidInputException.class,
                () -> AugmentationSettings.defaults().withAffine(-1, 0, 0, 0))
            .getMessage()
            .startsWith("An augmentation rotation of -1.0 was given"));
    assertThrows(
        InvalidInputException.class,
        () -> AugmentationSettings.defaults().withDeformation(0.1, 0.001, 0, 0.3));
    assertThrows(
        InvalidInputException.class,
        () -> AugmentationSettings.defaults().withDeformation(Double.NaN, 0.1, 0, 0.3));
  }
}
