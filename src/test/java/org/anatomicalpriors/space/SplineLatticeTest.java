package org.anatomicalpriors.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplineLatticeTest {

  private static final int[] SIZE = {9, 7, 6};
  private static final int[] STEP = {1, 2, 1};
  private static final double[] SPACING = {3, 2.5, 4};

  private final SplineLattice lattice = new SplineLattice(SIZE, STEP, SPACING);

  @Test
  void splinesAddUpToOne() {
    final double[] c = new double[lattice.count()];
    Arrays.fill(c, 2);
    final float[] field = lattice.evaluate(c);
    assertEquals(9 * 4 * 6, field.length);
    for (final float f : field) assertEquals(2, f, 1e-5);
  }

  @Test
  void projectionIsTheAdjointOfEvaluation() {
    final double[] c = random(1, lattice.count());
    final double[] f = random(2, 9 * 4 * 6);
    final float[] field = new float[f.length];
    for (int i = 0; i < f.length; i++) field[i] = (float) f[i];
    assertEquals(dot(lattice.evaluate(c), field), dot(c, lattice.project(field)), 1e-4);
  }

  @Test
  void coarseSamplesAreThoseOfTheDenseLattice() {
    final SplineLattice dense = new SplineLattice(SIZE, new int[] {1, 1, 1}, SPACING);
    assertEquals(lattice.count(), dense.count());
    final double[] c = random(3, lattice.count());
    final float[] few = lattice.evaluate(c), all = dense.evaluate(c);
    for (int z = 0; z < 6; z++)
      for (int y = 0; y < 4; y++)
        for (int x = 0; x < 9; x++)
          assertEquals(all[(z * 7 + 2 * y) * 9 + x], few[(z * 4 + y) * 9 + x], 1e-5);
  }

  /** Coefficients that are a quadratic function of their place give that function's curvature. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void bendingEnergyOfAQuadraticFieldIsItsCurvatureSquared(final int axis) {
    final int[] size = {41, 41, 41};
    final double h = 4;
    final SplineLattice l = new SplineLattice(size, new int[] {1, 1, 1}, new double[] {h, h, h});
    final int n = (int) Math.round(Math.cbrt(l.count()));
    final double curvature = 0.03;
    final double[] c = new double[l.count()];
    for (int i = 0; i < c.length; i++) {
      final int k = axis == 0 ? i % n : axis == 1 ? i / n % n : i / n / n;
      c[i] = 0.5 * curvature * (k * h) * (k * h);
    }
    final double[] gradient = new double[c.length];
    l.addBending(c, 1, gradient);
    final double energy = dot(c, gradient); // twice the half
    // As many second differences as fit, each standing for a knot's cell.
    assertEquals(curvature * curvature * (n - 2) * n * n * h * h * h, energy, 1e-6 * energy);
  }

  @Test
  void affineFieldsDoNotBend() {
    final SplineLattice l = new SplineLattice(new int[] {20, 20, 20}, STEP, new double[] {5, 5, 5});
    final int n = (int) Math.round(Math.cbrt(l.count()));
    final double[] c = new double[l.count()];
    for (int i = 0; i < c.length; i++) c[i] = 1 + 2 * (i % n) - 3 * (i / n % n) + 0.5 * (i / n / n);
    final double[] gradient = new double[c.length];
    l.addBending(c, 1, gradient);
    for (final double g : gradient) assertEquals(0, g, 1e-12);
    assertTrue(dot(random(4, c.length), bent(l, random(4, c.length))) > 0);
  }

  @Test
  void anAxisOfOneSampleHasOneSpline() {
    final SplineLattice flat =
        new SplineLattice(new int[] {8, 8, 1}, new int[] {1, 1, 1}, new double[] {4, 4, 4});
    assertEquals(5 * 5, flat.count());
    final double[] c = new double[25];
    Arrays.fill(c, 1);
    for (final float f : flat.evaluate(c)) assertEquals(1, f, 1e-6);
  }

  private static double[] bent(final SplineLattice l, final double[] c) {
    final double[] out = new double[c.length];
    l.addBending(c, 1, out);
    return out;
  }

  private static double[] random(final long seed, final int n) {
    return new SplittableRandom(seed).doubles(n, -1, 1).toArray();
  }

  private static double dot(final double[] a, final double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
    return sum;
  }

  private static double dot(final float[] a, final float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) sum += (double) a[i] * b[i];
    return sum;
  }
}
