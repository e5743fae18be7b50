package org.anatomicalpriors.segmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.junit.jupiter.api.Test;

class HeaderTieTest {

  private static final Grid GRID =
      Grid.centred(new int[] {21, 21, 21}, new double[] {5, 5, 5}, new double[3], "mm");
  private static final Affine ELSEWHERE = Affine.translation(300, 0, 0);
  private static final HeaderTie TIE = HeaderTie.to(GRID, Affine.identity());

  @Test
  void theExpectedMapCostsNothingAndOthersTheMoreTheFurtherTheyAre() {
    assertEquals(0, TIE.cost(Affine.identity()));
    double before = 0, step = Double.POSITIVE_INFINITY;
    for (int mm = 40; mm <= 160; mm += 20) {
      final double cost = TIE.cost(Affine.translation(0, mm, 0));
      assertTrue(cost > before, "at " + mm + " mm");
      assertTrue(mm == 40 || cost - before < step, "ever less so, at " + mm + " mm");
      if (mm > 40) step = cost - before;
      before = cost;
    }
    assertEquals(0, HeaderTie.none().cost(Affine.translation(0, 50, 0)));
  }

  @Test
  void aRotationCountsByHowFarItMovesTheCorners() {
    final double angle = 0.1;
    // Corners lie at 50 mm along each axis; about z they move by 2 sin(angle / 2) 50 sqrt(2) mm.
    final double moved = 2 * Math.sin(angle / 2) * 50 * Math.sqrt(2);
    assertEquals(
        TIE.cost(Affine.translation(0, 0, moved)), TIE.cost(Affine.rotation(0, 1, angle)), 1e-9);
  }

  @Test
  void whereAnImageIsExpectedDoesNotChangeWhatAMoveFromThereCosts() {
    final Affine move = Affine.translation(0, 7, 0).after(Affine.rotation(1, 2, 0.2));
    assertEquals(TIE.cost(move), HeaderTie.to(GRID, ELSEWHERE).cost(move.after(ELSEWHERE)), 1e-9);
  }

  @Test
  void anImageIsExpectedWhereItsHeaderPutsItIfThatIsNearThePrior() {
    final int[] size = {10, 12, 8};
    final double[] fine = {4, 4, 4};
    final Grid near = Grid.centred(size, fine, new double[] {30, -20, 10}, "mm");
    assertEquals(Affine.identity(), HeaderTie.expected(GRID, near));
    final Grid around = Grid.centred(new int[] {99, 99, 99}, fine, new double[3], "mm");
    assertEquals(Affine.identity(), HeaderTie.expected(GRID, around), "the prior lies in it");
    for (final Grid lost :
        new Grid[] {
          Grid.centred(size, fine, new double[] {0, 90, 0}, "mm"),
          new Grid(size, Affine.scale(4, 4, 4), "mm") // as a stack of nobody knows where
        }) {
      final double[] centre = lost.toWorld().apply(4.5, 5.5, 3.5);
      final double[] at = HeaderTie.expected(GRID, lost).apply(centre);
      for (int d = 0; d < 3; d++) assertEquals(0, at[d], 1e-9, "on the prior's centre");
    }
  }
}
