package org.anatomicalpriors.segmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.anatomicalpriors.model.ImageVector;
import org.anatomicalpriors.model.IntensityModel;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.junit.jupiter.api.Test;

/** Gradients of an alignment's score beside differences of the score itself. */
class AlignmentSlopeTest {

  private static final int N = 16;
  private static final double STEP = 1e-3;
  private static final Affine START =
      Affine.rotation(0, 1, 0.1).after(Affine.translation(0.7, -0.4, 0.3));

  /** So strong a prior that intensities do not follow the image. */
  private static final IntensityModel INTENSITIES =
      new IntensityModel(
          new int[] {0, 1},
          new int[] {0, 1},
          new double[] {0, 1},
          new double[] {0.1, 0.2},
          new double[] {1, 1},
          0.1,
          1e12);

  private final Grid prior =
      Grid.centred(new int[] {N, N, N}, new double[] {2, 2, 2}, new double[3], "mm");
  private final Grid own =
      Grid.centred(new int[] {5, 4, 3}, new double[] {3, 3, 4}, new double[3], "mm");
  private final AffineParameters parameters = new AffineParameters(START, prior, 32, false);

  /** Of a probability that rises evenly, differences over any distance are the derivative. */
  private AlignmentScore score(final int known) {
    final float[] p = new float[2 * prior.voxelCount()];
    for (int v = 0; v < prior.voxelCount(); v++) {
      final int x = v % N, y = v / N % N, z = v / N / N;
      p[2 * v + 1] = 0.1f + 0.02f * x + 0.01f * y + 0.015f * z;
      p[2 * v] = 1 - p[2 * v + 1];
    }
    final SplittableRandom random = new SplittableRandom(4);
    final float[] x = new float[own.voxelCount()];
    for (int v = 0; v < x.length; v++)
      x[v] = v < known ? (float) (0.7 + 0.6 * random.nextDouble()) : Float.NaN;
    return new AlignmentScore(
            new ProbabilityField(p, 2, prior.size()), prior, own, ImageVector.of(x, 0, 1), 1)
        .from(INTENSITIES);
  }

  private Affine moved(final int parameter, final double by) {
    final double[] p = new double[parameters.count()];
    p[parameter] = by;
    return parameters.at(p);
  }

  private AlignmentSlope slope(final AlignmentScore score) {
    final double[][][] change = new double[parameters.count()][][];
    for (int k = 0; k < change.length; k++)
      change[k] =
          AlignmentSlope.derivative(
              score.toPriorVoxel(moved(k, STEP)), score.toPriorVoxel(moved(k, -STEP)), 2 * STEP);
    return score.slope(START, new AlignmentSlope(change));
  }

  @Test
  void gradientIsThatOfTheScore() {
    final AlignmentScore score = score(own.voxelCount());
    final double[] gradient = slope(score).gradient();
    assertTrue(Arrays.stream(gradient).map(Math::abs).max().orElse(0) > 0.03, "flat");
    // The score's exponentials have five digits: a wide difference keeps four of them.
    final double wide = 0.1;
    for (int k = 0; k < gradient.length; k++)
      assertEquals(
          (score.of(moved(k, wide)) - score.of(moved(k, -wide))) / (2 * wide), gradient[k], 5e-4);
  }

  @Test
  void curvatureIsTheMeanOuterProduct() {
    final AlignmentSlope one = slope(score(1)), some = slope(score(30));
    final double[] g = one.gradient();
    for (int i = 0; i < g.length; i++)
      for (int j = 0; j < g.length; j++) assertEquals(g[i] * g[j], one.curvature()[i][j], 1e-12);
    final double[][] h = some.curvature();
    for (int i = 0; i < g.length; i++) {
      // By Jensen's inequality.
      assertTrue(h[i][i] >= some.gradient()[i] * some.gradient()[i] - 1e-12);
      for (int j = 0; j < i; j++) assertEquals(h[i][j], h[j][i]);
    }
  }

  @Test
  void whereNothingVariesThereIsNone() {
    final float[] p = new float[prior.voxelCount()];
    Arrays.fill(p, 1);
    final float[] x = new float[own.voxelCount()];
    final AlignmentScore flat =
        new AlignmentScore(
                new ProbabilityField(p, 1, prior.size()), prior, own, ImageVector.of(x, 0, 1), 1)
            .from(
                new IntensityModel(
                    new int[] {0},
                    new int[] {0},
                    new double[] {0},
                    new double[] {0.1},
                    new double[] {1},
                    0.1,
                    10));
    for (final double g : slope(flat).gradient()) assertEquals(0, g, 1e-7);
    final Affine found =
        new AffineSearch(
                flat, HeaderTie.none(), parameters, org.anatomicalpriors.progress.Progress.NONE)
            .run();
    assertTrue(found.isNear(START, 1e-12));
  }
}
