package org.anatomicalpriors.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistanceTransformTest {

  private static final int[] SIZE = {9, 7, 6};
  private static final double[] SPACING = {0.8, 1.3, 3.1};

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.005, 0.02, 0.1, 0.6, 1})
  void equalsBruteForceWithAnisotropicSpacing(final double density) {
    for (int seed = 0; seed < 20; seed++) {
      final Random random = new Random(seed);
      final boolean[] feature = new boolean[SIZE[0] * SIZE[1] * SIZE[2]];
      for (int i = 0; i < feature.length; i++) feature[i] = random.nextDouble() < density;
      final double[] fast = DistanceTransform.squared(feature, SIZE, SPACING);
      for (int i = 0; i < feature.length; i++)
        assertEquals(nearest(feature, i), fast[i], 1e-9, "voxel " + i + ", seed " + seed);
    }
  }

  private static double nearest(final boolean[] feature, final int i) {
    double best = Double.POSITIVE_INFINITY;
    for (int j = 0; j < feature.length; j++) {
      if (!feature[j]) continue;
      final double x = (i % SIZE[0] - j % SIZE[0]) * SPACING[0];
      final double y = (i / SIZE[0] % SIZE[1] - j / SIZE[0] % SIZE[1]) * SPACING[1];
      final double z = (i / SIZE[0] / SIZE[1] - j / SIZE[0] / SIZE[1]) * SPACING[2];
      best = Math.min(best, x * x + y * y + z * z);
    }
    return best;
  }
}
