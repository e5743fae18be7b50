package org.anatomicalpriors.segmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.anatomicalpriors.space.Affine;
import org.junit.jupiter.api.Test;

class AlignmentStartsTest {

  private static final double[] CENTRE = {3, -5, 7};

  private static List<Affine> all(final boolean flat) {
    final AlignmentStarts starts = new AlignmentStarts(CENTRE, flat);
    final List<Affine> all = new ArrayList<>(starts.tilts());
    all.addAll(starts.turns());
    return all;
  }

  @Test
  void allAreRotationsAboutTheCentre() {
    for (final boolean flat : new boolean[] {false, true})
      for (final Affine a : all(flat)) {
        assertArrayEquals(CENTRE, a.apply(CENTRE), 1e-12);
        assertEquals(1, a.determinant(), 1e-12);
        assertArrayEquals(new double[] {1, 1, 1}, a.columnNorms(), 1e-12);
      }
  }

  @Test
  void noTwoAreTheSameAndNoneIsTheIdentity() {
    for (final boolean flat : new boolean[] {false, true}) {
      final List<Affine> all = all(flat);
      all.add(Affine.identity());
      for (int i = 0; i < all.size(); i++)
        for (int j = 0; j < i; j++)
          assertFalse(all.get(i).isNear(all.get(j), 1e-6), all.get(i) + " and " + all.get(j));
    }
  }

  @Test
  void turnsBringEachAxisToEachOther() {
    final AlignmentStarts starts = new AlignmentStarts(CENTRE, false);
    assertEquals(23, starts.turns().size());
    assertEquals(6, starts.tilts().size());
    for (final Affine a : starts.turns())
      for (int r = 0; r < 3; r++)
        for (int c = 0; c < 3; c++) {
          final double whole = Math.abs(a.get(r, c));
          assertTrue(whole < 1e-12 || Math.abs(whole - 1) < 1e-12, a.toString());
        }
  }

  @Test
  void aSliceIsTurnedInItsPlane() {
    final AlignmentStarts starts = new AlignmentStarts(CENTRE, true);
    assertEquals(3, starts.turns().size());
    assertEquals(2, starts.tilts().size());
    for (final Affine a : all(true)) assertEquals(11, a.apply(1, 2, 11)[2], 1e-12);
  }
}
