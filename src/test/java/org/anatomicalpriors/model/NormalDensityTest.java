package org.anatomicalpriors.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.MultivariateNormalDistribution;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gaussians of several channels against another library's. */
class NormalDensityTest {

  private static double[] mean(final int k) {
    final double[] mean = new double[k];
    for (int a = 0; a < k; a++) mean[a] = 0.3 * a - 0.2;
    return mean;
  }

  /** A' A and something on the diagonal. */
  private static RealMatrix covariance(final int k) {
    final SplittableRandom random = new SplittableRandom(k);
    final double[][] a = new double[k][k];
    for (final double[] row : a) for (int i = 0; i < k; i++) row[i] = random.nextDouble() - 0.5;
    final RealMatrix m = new Array2DRowRealMatrix(a);
    final RealMatrix square = m.transpose().multiply(m);
    for (int i = 0; i < k; i++) square.addToEntry(i, i, 0.05);
    return square;
  }

  private static double[] rows(final RealMatrix m) {
    final int k = m.getRowDimension();
    final double[] rows = new double[k * k];
    for (int i = 0; i < k * k; i++) rows[i] = m.getEntry(i / k, i % k);
    return rows;
  }

  private static float[] voxels(final int n) {
    final SplittableRandom random = new SplittableRandom(9);
    final float[] x = new float[n];
    for (int i = 0; i < n; i++) x[i] = (float) (2 * random.nextDouble() - 1);
    return x;
  }

  private static double[] row(final float[] x, final int at, final int k) {
    final double[] row = new double[k];
    for (int a = 0; a < k; a++) row[a] = x[at + a];
    return row;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void densitiesAndPrecisionsAreThoseOfAnotherLibrary(final int k) {
    final RealMatrix v = covariance(k);
    final NormalDensity d = new NormalDensity(mean(k), rows(v), 1e-6);
    final MultivariateNormalDistribution other =
        new MultivariateNormalDistribution(mean(k), v.getData());
    final float[] x = voxels(20 * k);
    for (int i = 0; i < 20; i++)
      assertEquals(Math.log(other.density(row(x, i * k, k))), d.log(x, i * k), 1e-9);
    final RealMatrix precision = new LUDecomposition(v).getSolver().getInverse();
    for (int a = 0; a < k; a++)
      for (int b = 0; b < k; b++) assertEquals(precision.getEntry(a, b), d.precision(a, b), 1e-9);
  }

  @Test
  void aMarginalIsTheGaussianOfTheChannelsThatAreKnown() {
    final RealMatrix v = covariance(4);
    final int[] some = {1, 3};
    final NormalDensity d = new NormalDensity(mean(4), rows(v), 1e-6).marginal(some);
    final MultivariateNormalDistribution other =
        new MultivariateNormalDistribution(
            new double[] {mean(4)[1], mean(4)[3]}, v.getSubMatrix(some, some).getData());
    final float[] x = voxels(40);
    for (int i = 0; i < 10; i++)
      assertEquals(
          Math.log(other.density(new double[] {x[4 * i + 1], x[4 * i + 3]})),
          d.log(x, 4 * i),
          1e-9);
  }

  /** Matrices of blocks, solved by another library. */
  @Test
  void unknownChannelsAreExpectedAsTheKnownOnesTell() {
    final int k = 4, present = 0b1010;
    final int[] given = {1, 3}, missing = {0, 2};
    final RealMatrix v = covariance(k);
    final double[] mean = mean(k);
    final float[] x = voxels(k);
    final RealMatrix slope =
        v.getSubMatrix(missing, given)
            .multiply(new LUDecomposition(v.getSubMatrix(given, given)).getSolver().getInverse());
    final RealMatrix rest =
        v.getSubMatrix(missing, missing).subtract(slope.multiply(v.getSubMatrix(given, missing)));
    final double[] known = {x[1] - mean[1], x[3] - mean[3]};
    final double[] expected = {x[0], x[1], x[2], x[3]};
    for (int i = 0; i < 2; i++) expected[missing[i]] = mean[missing[i]] + slope.operate(known)[i];
    final double[] powers = new double[PowerSums.count(k)];
    new PartialDensity(new NormalDensity(mean, rows(v), 1e-6), present)
        .expectedPowers(x, 0, powers);
    for (int a = 0; a < k; a++) {
      assertEquals(expected[a], powers[PowerSums.linear(a, k)], 1e-6);
      for (int b = a; b < k; b++) {
        final double more = a % 2 == 0 && b % 2 == 0 ? rest.getEntry(a / 2, b / 2) : 0;
        assertEquals(
            expected[a] * expected[b] + more, powers[PowerSums.square(a, b, k)], 1e-6, a + " " + b);
      }
    }
    assertEquals(1, powers[PowerSums.one(k)]);
  }

  @Test
  void noChannelIsNarrowerThanTheSmallestVarianceTheOthersKnown() {
    // Two channels that are the same.
    final NormalDensity d =
        new NormalDensity(new double[] {0, 0}, new double[] {0.2, 0.2, 0.2, 0.2}, 1e-3);
    assertArrayEquals(
        new double[] {0.2, 0.2, 0.2},
        new double[] {d.covariance(0, 0), d.covariance(0, 1), d.covariance(1, 0)},
        1e-12);
    assertEquals(0.2 + 1e-3, d.covariance(1, 1), 1e-12);
    assertEquals(1e3, d.precision(1, 1), 1e-6);
    assertTrue(Double.isFinite(d.log(new float[] {0.5f, 0.5f}, 0)));
  }
}
