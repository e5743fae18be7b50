package org.anatomicalpriors.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelRasterTest {

  private static final int COLUMNS = 6, ROWS = 5, LABELS = 4;

  private final Slice slice = new Slice(values(), COLUMNS, ROWS);

  private static float[] values() {
    final Random random = new Random(7);
    final float[] values = new float[COLUMNS * ROWS];
    for (int i = 0; i < values.length; i++) values[i] = random.nextInt(LABELS);
    return values;
  }

  /** Quadratic B-spline, centred. */
  private static double spline(final double t) {
    final double a = Math.abs(t);
    return a < 0.5 ? 0.75 - a * a : a < 1.5 ? (1.5 - a) * (1.5 - a) / 2 : 0;
  }

  /** Weights of all labels at a place: of more voxels than reach it, as outside they go on. */
  private double[] weights(final double x, final double y) {
    final double[] weights = new double[LABELS];
    for (int row = -2; row < ROWS + 2; row++)
      for (int column = -2; column < COLUMNS + 2; column++)
        weights[(int) slice.getClamped(column, row)] += spline(x - column) * spline(y - row);
    return weights;
  }

  @ParameterizedTest
  @CsvSource({"42, 35", "37, 11", "6, 5", "4, 3"})
  void everyPointHasTheLabelThatWeighsMost(final int width, final int height) {
    final LabelRaster raster = new LabelRaster(slice, width, height);
    int clear = 0;
    for (int y = 0; y < height; y++)
      for (int x = 0; x < width; x++) {
        final double[] weights =
            weights((x + 0.5) * COLUMNS / width - 0.5, (y + 0.5) * ROWS / height - 0.5);
        final double most = Arrays.stream(weights).max().orElseThrow();
        assertEquals(most, weights[raster.get(x, y)], 1e-9, x + ", " + y);
        if (Arrays.stream(weights).filter(w -> w > most - 1e-9).count() == 1) clear++;
      }
    assertTrue(clear > width * height / 2, clear + " points are told apart");
  }

  @Test
  void rimsLieWithinTheRadiusOfAnotherLabel() {
    final double radius = 2.5;
    final int width = 42, height = 35;
    final LabelRaster raster = new LabelRaster(slice, width, height);
    final boolean[] rims = raster.rims(radius);
    for (int y = 0; y < height; y++)
      for (int x = 0; x < width; x++) {
        boolean near = false;
        for (int v = 0; v < height; v++)
          for (int u = 0; u < width; u++)
            near |= Math.hypot(u - x, v - y) < radius && raster.get(u, v) != raster.get(x, y);
        assertEquals(near, rims[x + width * y], x + ", " + y);
      }
  }
}
