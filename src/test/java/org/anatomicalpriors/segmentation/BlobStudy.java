package org.anatomicalpriors.segmentation;

import java.util.SplittableRandom;
import org.anatomicalpriors.model.GroupProbabilities;
import org.anatomicalpriors.model.ImageVector;
import org.anatomicalpriors.model.IntensityModel;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;

/** A soft ball in a soft shell with known intensities, to be moved and shaded. */
final class BlobStudy {

  static final int N = 24;
  static final Grid GRID = new Grid(new int[] {N, N, N}, Affine.identity(), "mm");
  static final double[] MEANS = {0.1, 0.5, 0.9};
  static final IntensityModel INTENSITIES =
      new IntensityModel(
          new int[] {0, 1, 2},
          new int[] {0, 1, 2},
          MEANS,
          new double[] {0.001, 0.001, 0.001},
          new double[] {1, 1, 1},
          0.001,
          100);

  private BlobStudy() {}

  /** Voxel coordinates of the ball's centre and its scale along x to (V, 3) probabilities. */
  static float[] probabilities(final double cx, final double stretch) {
    final float[] p = new float[3 * N * N * N];
    for (int v = 0; v < N * N * N; v++) {
      final double x = (v % N - cx) / stretch;
      final double y = v / N % N - 11.5, z = v / N / N - 11.5;
      final double r = Math.sqrt(x * x + y * y + z * z);
      final double inside = 1 / (1 + Math.exp(1.5 * (r - 9)));
      final double core = 1 / (1 + Math.exp(1.5 * (r - 5)));
      p[3 * v] = (float) (1 - inside);
      p[3 * v + 1] = (float) (inside * (1 - core));
      p[3 * v + 2] = (float) (inside * core);
    }
    return p;
  }

  static GroupProbabilities groups(final float[] p) {
    return GroupProbabilities.ofGroups(p, 3);
  }

  /** The most probable label's mean with noise, times a gain. */
  static ImageVector image(final float[] p, final float[] logGain, final long seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    final float[] x = new float[N * N * N];
    for (int v = 0; v < x.length; v++) {
      int best = 0;
      for (int l = 1; l < 3; l++) if (p[3 * v + l] > p[3 * v + best]) best = l;
      x[v] = (float) ((MEANS[best] + 0.03 * (random.nextDouble() - 0.5)) * Math.exp(logGain[v]));
    }
    return ImageVector.of(x, 0, 1);
  }
}
