package org.anatomicalpriors.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.anatomicalpriors.InvalidInputException;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeSpaceTest {

  private static List<float[]> codes(final int n, final int length) {
    final Random random = new Random(10 * n + length);
    final List<float[]> codes = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      final float[] z = new float[length];
      for (int d = 0; d < length; d++) z[d] = (float) (d + random.nextGaussian() / (1 + d));
      codes.add(z);
    }
    return codes;
  }

  private static double dot(final float[] a, final float[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) sum += (double) a[d] * b[d];
    return sum;
  }

  /** Axes are the right singular vectors of the centred codes, here found from these directly. */
  @ParameterizedTest
  @CsvSource({"5, 40, 4", "2, 7, 1", "12, 3, 3", "30, 50, 16"})
  void axesAreThoseOfTheSingularValueDecomposition(final int n, final int length, final int axes) {
    final List<float[]> codes = codes(n, length);
    final double[][] x = new double[n][length];
    final double[] mean = new double[length];
    for (final float[] z : codes) for (int d = 0; d < length; d++) mean[d] += z[d] / (double) n;
    double squares = 0;
    for (int i = 0; i < n; i++)
      for (int d = 0; d < length; d++) {
        x[i][d] = codes.get(i)[d] - mean[d];
        squares += x[i][d] * x[i][d];
      }
    final SingularValueDecomposition svd =
        new SingularValueDecomposition(new Array2DRowRealMatrix(x));
    final ShapeSpace space = ShapeSpace.of(codes);
    assertEquals(axes, space.size());
    assertEquals(n, space.maps());
    assertEquals(length, space.length());
    assertEquals(squares / (n - 1), space.variance(), 1e-9 * squares);
    for (int d = 0; d < length; d++) assertEquals(mean[d], space.mean()[d], 1e-5);
    for (int k = 0; k < axes; k++) {
      assertEquals(svd.getSingularValues()[k] / Math.sqrt(n - 1), space.deviation(k), 1e-6);
      assertEquals(Math.pow(svd.getSingularValues()[k], 2) / squares, space.share(k), 1e-6);
      double agreement = 0, largest = 0;
      for (int d = 0; d < length; d++) {
        agreement += svd.getV().getEntry(d, k) * space.axis(k)[d];
        if (Math.abs(space.axis(k)[d]) > Math.abs(largest)) largest = space.axis(k)[d];
      }
      assertEquals(1, Math.abs(agreement), 1e-5);
      assertTrue(largest > 0, "direction of axis " + k);
      for (int j = 0; j <= k; j++)
        assertEquals(j == k ? 1 : 0, dot(space.axis(j), space.axis(k)), 1e-5);
    }
  }

  @Test
  void coordinatesOfTheCodesHaveUnitVariance() {
    final List<float[]> codes = codes(9, 20);
    final ShapeSpace space = ShapeSpace.of(codes);
    final double[] sum = new double[space.size()], squares = new double[space.size()];
    for (final float[] z : codes) {
      final double[] c = space.coordinates(z);
      for (int k = 0; k < c.length; k++) {
        sum[k] += c[k];
        squares[k] += c[k] * c[k];
      }
      // n codes span their n - 1 axes: nothing is left over.
      assertArrayEquals(z, space.code(c), 1e-4f);
    }
    for (int k = 0; k < sum.length; k++) {
      assertEquals(0, sum[k], 1e-3);
      assertEquals(8, squares[k], 1e-3);
    }
  }

  @Test
  void coordinatesAndCodesBelongTogether() {
    final ShapeSpace space = ShapeSpace.of(codes(6, 30));
    assertArrayEquals(space.mean(), space.code());
    assertArrayEquals(
        new double[] {0.5, -2, 0, 0, 0}, space.coordinates(space.code(0.5, -2)), 1e-4);
    final float[] moved = space.code(3);
    for (int d = 0; d < 30; d++)
      assertEquals(space.mean()[d] + 3 * space.deviation(0) * space.axis(0)[d], moved[d], 1e-5);
  }

  @Test
  void movingAPointKeepsWhatTheAxesDoNotSay() {
    final ShapeSpace space = ShapeSpace.of(codes(4, 30));
    final float[] z = codes(1, 30).get(0);
    final ShapePoint point = ShapePoint.of(space, z);
    assertArrayEquals(z, point.code());
    final double before = point.coordinate(1);
    final ShapePoint moved = point.with(1, -2.5).with(0, 1);
    assertEquals(-2.5, moved.coordinate(1));
    assertArrayEquals(
        new double[] {1, -2.5, point.coordinate(2)}, space.coordinates(moved.code()), 1e-4);
    final float[] back = moved.with(0, point.coordinate(0)).with(1, before).code();
    assertArrayEquals(z, back, 1e-4f);
    assertArrayEquals(z, point.code(), "points do not change");
  }

  @Test
  void theLineBetweenTwoCodesHasThemAtItsEnds() {
    final float[] a = {1, 2}, b = {3, -2};
    assertArrayEquals(a, ShapePoint.between(a, b, 0));
    assertArrayEquals(b, ShapePoint.between(a, b, 1));
    assertArrayEquals(new float[] {1.5f, 1}, ShapePoint.between(a, b, 0.25));
  }

  @Test
  void fewOrEqualCodesHaveNoAxes() {
    final float[] z = {1, 2, 3};
    for (final int n : new int[] {1, 4}) {
      final ShapeSpace space = ShapeSpace.of(Collections.nCopies(n, z));
      assertEquals(0, space.size());
      assertEquals(n, space.maps());
      assertArrayEquals(z, space.code());
      assertEquals(0, space.coordinates(z).length);
    }
  }

  @Test
  void unsoundAxesAreRefused() {
    final float[] mean = {0, 0};
    final double[] one = {1};
    assertThrows(
        InvalidInputException.class, () -> new ShapeSpace(2, mean, new float[][] {{2, 0}}, one, 1));
    assertThrows(
        InvalidInputException.class,
        () -> new ShapeSpace(2, mean, new float[][] {{Float.NaN, 0}}, one, 1));
    assertThrows(
        InvalidInputException.class,
        () -> new ShapeSpace(2, mean, new float[][] {{1, 0}}, new double[] {0}, 1));
    assertThrows(
        InvalidInputException.class,
        () -> new ShapeSpace(2, mean, new float[][] {{1, 0}}, one, Double.NaN));
  }
}
