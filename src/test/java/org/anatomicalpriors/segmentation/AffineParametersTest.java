package org.anatomicalpriors.segmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AffineParametersTest {

  private static final Affine START =
      Affine.ofRows(
          new double[] {1.1, 0.1, 0, 5},
          new double[] {-0.1, 0.9, 0.05, -7},
          new double[] {0.02, 0, 1, 3});

  private static AffineParameters parameters(
      final Affine start, final int depth, final boolean rigid) {
    final Grid prior =
        Grid.centred(
            new int[] {20, 30, depth}, new double[] {2, 2, 2}, new double[] {4, -6, 8}, "mm");
    return new AffineParameters(start, prior, 50, rigid);
  }

  @ParameterizedTest
  @CsvSource({"10, true, 6", "10, false, 12", "1, true, 3", "1, false, 6"})
  void zerosAreTheStartAndOneMovesTheBorderByAboutATenth(
      final int depth, final boolean rigid, final int count) {
    final AffineParameters p = parameters(START, depth, rigid);
    assertEquals(count, p.count());
    final double[] far = new double[count];
    far[count - 1] = -4;
    assertTrue(p.isWithinBounds(far));
    far[count - 1] = -4.01;
    assertFalse(p.isWithinBounds(far));
    assertTrue(p.at(new double[count]).isNear(START, 1e-12));
    final AffineParameters plain = parameters(Affine.identity(), depth, rigid);
    for (int i = 0; i < count; i++) {
      final double[] one = new double[count];
      one[i] = 1;
      double moved = 0;
      for (int corner = 0; corner < 8; corner++) {
        // Half of the extent from the centre along every axis.
        final double[] b = new double[3];
        for (int d = 0; d < 3; d++)
          b[d] =
              new double[] {4, -6, 8}[d]
                  + (d == 2 && depth == 1 ? 0 : 25 * ((corner >> d & 1) * 2 - 1));
        final double[] q = plain.at(one).apply(b);
        for (int d = 0; d < 3; d++) moved = Math.max(moved, Math.abs(q[d] - b[d]));
      }
      assertEquals(5, moved, 1.5, "parameter " + i);
    }
  }

  @ParameterizedTest
  @CsvSource({"10, 6", "1, 3"})
  void rigidMapsKeepDistances(final int depth, final int count) {
    final double[] p = {0.4, -1.2, 0.7, 1.5, -0.8, 2};
    final Affine m =
        parameters(Affine.identity(), depth, true).at(java.util.Arrays.copyOf(p, count));
    final double[] norms = m.columnNorms();
    assertArrayEquals(new double[] {1, 1, 1}, norms, 1e-12);
    assertEquals(1, m.determinant(), 1e-12);
    assertTrue(!m.isNear(Affine.identity(), 0.1));
  }

  @ParameterizedTest
  @CsvSource({"true, 3", "false, 6"})
  void slicesStayInTheirPlane(final boolean rigid, final int count) {
    final double[] p = {2, -3, 1.5, 0.7, -2, 3};
    final Affine m = parameters(Affine.identity(), 1, rigid).at(java.util.Arrays.copyOf(p, count));
    for (int d = 0; d < 2; d++) {
      assertEquals(0, m.get(2, d), 1e-12);
      assertEquals(0, m.get(d, 2), 1e-12);
    }
    assertEquals(1, m.get(2, 2), 1e-12);
    assertEquals(0, m.get(2, 3), 1e-12);
  }
}
