package org.anatomicalpriors.segmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import net.imglib2.img.array.ArrayImgs;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.CancelledProgress;
import org.anatomicalpriors.progress.LoggedProgress;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An anatomy without symmetries, whose image lies elsewhere than its header says. */
class ImageAlignmentTest {

  private static final int N = 24;
  private static final double SPACING = 2;
  private static final int THREADS = 2;

  /** Mean intensities of background, body, bright ball and dark bar. */
  private static final double[] MEANS = {10, 100, 190, 45};

  private static Grid grid(final int depth) {
    return Grid.centred(
        new int[] {N, N, depth}, new double[] {SPACING, SPACING, SPACING}, new double[3], "mm");
  }

  /** The structure at a point of the common space, in mm. */
  private static int labelAt(final double x, final double y, final double z) {
    // An ellipsoid would look the same after many affine maps; a rounded box does not.
    final double body = sq(sq(x / 15)) + sq(sq(y / 18)) + sq(sq(z / 13));
    if (body > 1) return 0;
    if (sq(x - 6) + sq(y - 8) + sq(z - 2) < 25) return 2;
    return Math.abs(x + 7) < 2.5 && Math.abs(y + 3) < 9 && Math.abs(z + 1) < 5 ? 3 : 1;
  }

  private static double sq(final double x) {
    return x * x;
  }

  /** Label frequencies at 27 points about every voxel's centre (9 in a slice): a soft atlas. */
  private static float[] atlas(final Grid g) {
    final float[] f = new float[g.voxelCount() * 4];
    final int depth = g.is2D() ? 0 : 1;
    for (int v = 0; v < g.voxelCount(); v++) {
      final double[] p = g.toWorld().apply(v % N, v / N % N, v / N / N);
      int n = 0;
      for (int dz = -depth; dz <= depth; dz++)
        for (int dy = -1; dy <= 1; dy++)
          for (int dx = -1; dx <= 1; dx++, n++)
            f[4 * v + labelAt(p[0] + 1.3 * dx, p[1] + 1.3 * dy, p[2] + 1.3 * dz)]++;
      for (int l = 0; l < 4; l++) f[4 * v + l] = 0.999f * f[4 * v + l] / n + 0.00025f;
    }
    return f;
  }

  /** A noisy image on a grid, whose world {@code toCommon} brings to the common space. */
  private static float[] image(final Grid g, final Affine toCommon) {
    final SplittableRandom random = new SplittableRandom(8);
    final float[] x = new float[g.voxelCount()];
    final Affine m = toCommon.after(g.toWorld());
    for (int v = 0; v < x.length; v++) {
      final double[] p = m.apply(v % N, v / N % N, v / N / N);
      final double noise = random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5;
      x[v] = (float) (MEANS[labelAt(p[0], p[1], p[2])] + 12 * noise);
    }
    return x;
  }

  private static Affine find(final float[] image, final Grid g, final Progress progress) {
    return find(image, g, THREADS, progress);
  }

  private static Affine find(
      final float[] image, final Grid g, final int threads, final Progress progress) {
    return new ImageAlignment(
            atlas(g),
            g,
            new int[] {0, 1, 2, 3},
            4,
            Settings.of(SegmentationSettings.ALL),
            threads,
            progress)
        .find(voxels(image, g), "image");
  }

  private static SubjectVoxels voxels(final float[] image, final Grid g) {
    return new SubjectVoxels(
        Subject.of(
            new SpatialImage<>(
                ArrayImgs.floats(image, g.size(0), g.size(1), g.size(2)), g, "image")));
  }

  /** Mean distance, in mm, that two maps bring the corners of the anatomy's box apart. */
  private static double error(final Affine a, final Affine b, final boolean flat) {
    double sum = 0;
    for (int corner = 0; corner < 8; corner++) {
      final double[] p = {
        16 * (2 * (corner & 1) - 1), 19 * (2 * (corner >> 1 & 1) - 1), flat ? 0 : 14 * (corner >> 2)
      };
      final double[] u = a.apply(p), v = b.apply(p);
      sum += Math.sqrt(sq(u[0] - v[0]) + sq(u[1] - v[1]) + sq(u[2] - v[2])) / 8;
    }
    return sum;
  }

  private static Affine turn(final double degrees) {
    return Affine.rotation(0, 1, Math.toRadians(degrees));
  }

  private static Affine nod(final double degrees) {
    return Affine.rotation(1, 2, Math.toRadians(degrees));
  }

  @ParameterizedTest
  @CsvSource({"24, 4.5, -3, 2, 8", "24, -3, 3, -3.5, -8", "1, 4.5, -3, 0, 8", "1, -3, -4, 0, -8"})
  void findsARigidOffset(
      final int depth, final double x, final double y, final double z, final double degrees) {
    final Grid g = grid(depth);
    final Affine turned = depth == 1 ? turn(degrees) : nod(degrees / 2).after(turn(degrees));
    final Affine truth = Affine.translation(x, y, z).after(turned);
    final Affine found = find(image(g, truth), g, Progress.NONE);
    final double before = error(Affine.identity(), truth, depth == 1);
    final double after = error(found, truth, depth == 1);
    assertTrue(before > 2.5 * SPACING, "the start is too good to learn from: " + before);
    assertTrue(after < 0.75 * SPACING && after < before / 4, before + " mm to " + after + " mm");
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 1})
  void anImageInPlaceStaysThere(final int depth) {
    final Grid g = grid(depth);
    final Affine found = find(image(g, Affine.identity()), g, Progress.NONE);
    final double error = error(found, Affine.identity(), depth == 1);
    assertTrue(error < SPACING / 3, error + " mm");
  }

  @Test
  void anImageFarAwayIsBroughtBackByItsCentre() {
    final Grid g = grid(24);
    final Affine away = Affine.translation(400, -300, 1000);
    final Grid far = new Grid(g.size(), away.after(g.toWorld()), "mm");
    final float[] x = image(far, away.inverse());
    final Affine found =
        new ImageAlignment(
                atlas(g),
                g,
                new int[] {0, 1, 2, 3},
                4,
                Settings.of(SegmentationSettings.ALL),
                2,
                Progress.NONE)
            .find(voxels(x, far), "image");
    final double error = error(found.after(away), Affine.identity(), false);
    assertTrue(error < SPACING / 2, error + " mm");
  }

  @ParameterizedTest
  @CsvSource({"-90, 90", "0, 180", "20, 20"})
  void findsAnImageThatIsTurned(final double about, final double over) {
    final Grid g = grid(24);
    final Affine truth = Affine.translation(2, -3, 1).after(nod(over)).after(turn(about));
    final double after = error(find(image(g, truth), g, Progress.NONE), truth, false);
    assertTrue(after < 0.75 * SPACING, after + " mm");
  }

  @Test
  void neverMirrors() {
    final Grid g = grid(24);
    final Affine found = find(image(g, Affine.scale(-1, 1, 1)), g, Progress.NONE);
    assertTrue(found.determinant() > 0, found.toString());
  }

  @Test
  void aSliceStaysInItsPlane() {
    final Grid g = grid(1);
    final Affine found =
        find(image(g, Affine.translation(3, 2, 0).after(turn(6))), g, Progress.NONE);
    for (final double[] p : new double[][] {{0, 0, 0}, {10, 0, 0}, {0, -12, 0}, {4, 9, 0}})
      assertEquals(0, found.apply(p)[2], 1e-9);
    assertEquals(1, found.apply(0, 0, 1)[2], 1e-9, "its thickness stays too");
  }

  @Test
  void stopsOnRequest() {
    final Grid g = grid(1);
    final AtomicInteger asked = new AtomicInteger();
    final Progress impatient = new CancelledProgress(() -> asked.incrementAndGet() > 10);
    final float[] x = image(g, Affine.identity());
    assertThrows(CancelledException.class, () -> find(x, g, impatient));
    assertTrue(asked.get() <= 10 + THREADS, "asked " + asked + " times: each of the threads stops");
  }

  @Test
  void isTheSameOnAnyNumberOfThreads() {
    final Grid g = grid(1);
    final float[] x = image(g, nod(6).after(Affine.translation(3, -2, 1)));
    final Affine one = find(x, g, 1, Progress.NONE);
    for (final int threads : new int[] {2, 5})
      assertEquals(one, find(x, g, threads, Progress.NONE));
  }

  private static Progress telling(final List<String> told) {
    return new LoggedProgress(told);
  }

  /** A small ball is all that the atlas knows; the image shows a clearer one elsewhere. */
  @Test
  void aSmallStructureIsNotTakenForAClearerOneFarFromWhereTheHeaderPutsIt() {
    final Grid g = grid(24);
    final SplittableRandom random = new SplittableRandom(5);
    final float[] f = new float[2 * g.voxelCount()], x = new float[g.voxelCount()];
    for (int v = 0; v < x.length; v++) {
      final double[] p = g.toWorld().apply(v % N, v / N % N, v / N / N);
      final double inside =
          1 / (1 + Math.exp(Math.sqrt(sq(p[0] + 8) + sq(p[1] + 8) + sq(p[2])) - 5));
      f[2 * v + 1] = (float) (0.001 + 0.99 * inside);
      f[2 * v] = 1 - f[2 * v + 1];
      final boolean own = sq(p[0] + 6) + sq(p[1] + 8) + sq(p[2]) < 25;
      final boolean other = sq(p[0] - 12) + sq(p[1] - 10) + sq(p[2] - 4) < 25;
      x[v] = (float) (100 + (own ? 40 : other ? 120 : 0) + 60 * (random.nextDouble() - 0.5));
    }
    final List<String> told = new ArrayList<>();
    final Affine found =
        new ImageAlignment(
                f, g, new int[] {0, 1}, 2, Settings.of(SegmentationSettings.ALL), 2, telling(told))
            .find(voxels(x, g), "crop");
    final double[] at = found.apply(-6, -8, 0);
    final double away = Math.sqrt(sq(at[0] + 8) + sq(at[1] + 8) + sq(at[2]));
    assertTrue(away < 5, away + " mm");
    assertEquals(1, told.size());
    assertTrue(told.get(0).startsWith("crop: the anatomy explains little"), told.get(0));
  }
}
