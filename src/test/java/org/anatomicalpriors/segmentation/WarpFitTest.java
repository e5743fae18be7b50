package org.anatomicalpriors.segmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.anatomicalpriors.model.ImageVector;
import org.anatomicalpriors.progress.Progress;
import org.junit.jupiter.api.Test;

class WarpFitTest {

  private static final FitGrid SAMPLES = new FitGrid(BlobStudy.GRID);
  private static final float[] P = BlobStudy.probabilities(11.5, 1);

  private static PriorForces forces(final ImageVector image) {
    final PriorForces forces =
        new PriorForces(
            new ProbabilityField(P, 3, BlobStudy.GRID.size()), SAMPLES, image, 2, Progress.NONE);
    forces.use(BlobStudy.INTENSITIES);
    return forces;
  }

  private static ImageVector image(final double cx, final double stretch) {
    final float[] moved = BlobStudy.probabilities(cx, stretch);
    return BlobStudy.image(moved, new float[moved.length / 3], 2);
  }

  private static Warp fitted(final ImageVector image, final double stiffness) {
    final WarpFit fit = new WarpFit(BlobStudy.GRID, SAMPLES, new double[] {5, 5, 5}, stiffness);
    for (int i = 0; i < 12; i++) fit.improve(forces(image), 2);
    return fit.warp();
  }

  /** Voxels whose most probable label is not the image's. */
  private static int wrong(final float[] p, final float[] truth) {
    int wrong = 0;
    for (int v = 0; v < p.length / 3; v++) if (best(p, v) != best(truth, v)) wrong++;
    return wrong;
  }

  private static int best(final float[] p, final int v) {
    int b = 0;
    for (int l = 1; l < 3; l++) if (p[3 * v + l] > p[3 * v + b]) b = l;
    return b;
  }

  @Test
  void aMovedAndStretchedShapeIsFound() {
    final float[] truth = BlobStudy.probabilities(12.7, 1.15);
    final Warp warp = fitted(image(12.7, 1.15), 20);
    final int before = wrong(P, truth), after = wrong(warp.apply(P, 3), truth);
    assertTrue(before > 300, "" + before);
    assertTrue(after < 0.6 * before, before + " to " + after);
    assertTrue(warp.smallestJacobian() > 0.1);
  }

  @Test
  void aShapeThatFitsStays() {
    final float[] moved = fitted(image(11.5, 1), 20).apply(P, 3);
    assertTrue(wrong(moved, P) < 20, "" + wrong(moved, P));
  }

  @Test
  void forcesAreDerivativesOfTheLikelihood() {
    final PriorForces forces = forces(image(12.7, 1.15));
    final int n = SAMPLES.count();
    final float[][] u = new float[3][n], f = new float[3][n];
    forces.at(u, f);
    for (int d = 0; d < 3; d++) {
      // All samples moved alike: the sum of the forces, of a likelihood smoothed by one voxel.
      double sum = 0;
      for (final float one : f[d]) sum += one;
      final double[] value = new double[2];
      for (int side = 0; side < 2; side++) {
        java.util.Arrays.fill(u[d], side == 0 ? -0.25f : 0.25f);
        value[side] = forces.at(u, null);
      }
      java.util.Arrays.fill(u[d], 0);
      final double difference = (value[1] - value[0]) / 0.5;
      assertEquals(difference, sum, 0.15 * Math.abs(difference) + 25, "axis " + d);
      if (d == 0) assertTrue(Math.abs(difference) > 300, "" + difference);
    }
  }

  @Test
  void foldsAreSeen() {
    final int[] size = {4, 4, 4};
    final float[][] u = new float[3][64];
    assertEquals(1, Warp.smallestJacobian(u, size, new int[] {1, 1, 1}), 1e-6);
    for (int v = 0; v < 64; v++) u[0][v] = -0.25f * (v % 4);
    assertEquals(0.75, Warp.smallestJacobian(u, size, new int[] {1, 1, 1}), 1e-6);
    u[0][1] = 3;
    assertTrue(Warp.smallestJacobian(u, size, new int[] {1, 1, 1}) < 0);
  }

  @Test
  void beyondTheGridAllIsBackground() {
    final float[][] u = new float[3][P.length / 3];
    java.util.Arrays.fill(u[0], 100);
    final float[] moved = new Warp(u, BlobStudy.GRID.size()).apply(P, 3);
    for (int v = 0; v < P.length / 3; v++) assertEquals(1, moved[3 * v]);
  }
}
