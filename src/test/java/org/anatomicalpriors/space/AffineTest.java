package org.anatomicalpriors.space;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AffineTest {

  @Test
  void rotatesOneAxisTowardsTheOther() {
    final Affine quarter = Affine.rotation(0, 1, Math.PI / 2);
    assertArrayEquals(new double[] {-2, 1, 3}, quarter.apply(1, 2, 3), 1e-12);
    assertArrayEquals(
        new double[] {Math.cos(0.3), 0, Math.sin(0.3)},
        Affine.rotation(0, 2, 0.3).apply(1, 0, 0),
        1e-12);
  }

  @Test
  void tellsByHowMuchItTurns() {
    for (final double angle : new double[] {0, 0.1, 1, Math.PI / 2, 3})
      for (int axis = 0; axis < 3; axis++) {
        final Affine a = Affine.rotation(axis, (axis + 1) % 3, angle);
        assertEquals(1, a.determinant(), 1e-12);
        assertEquals(angle, a.turn(), 1e-7);
        final Affine scaled = a.after(Affine.scale(2, 3, 4));
        assertEquals(angle, Affine.translation(4, 5, 6).after(scaled).turn(), 1e-7);
      }
  }
}
