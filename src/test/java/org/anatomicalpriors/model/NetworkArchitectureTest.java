package org.anatomicalpriors.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.anatomicalpriors.InvalidInputException;
import org.junit.jupiter.api.Test;

class NetworkArchitectureTest {

  private static Architecture of(final Architecture.Latent latent, final int... size) {
    return new Architecture(size, 5, new int[] {16, 32, 64}, latent, 6);
  }

  @Test
  void shapesAreThoseOfTheLevels() {
    final Architecture a = of(Architecture.Latent.GRID, 24, 16, 8);
    assertEquals(4, a.factor());
    assertEquals(24 * 16 * 8, a.voxels());
    assertArrayEquals(new long[] {1, 8, 16, 24, 7}, a.volumeShape(0, 7));
    assertArrayEquals(new long[] {1, 4, 8, 12, 7}, a.volumeShape(1, 7));
    assertArrayEquals(new long[] {1, 2, 4, 6, 6}, a.latentShape());
    assertEquals(2 * 4 * 6 * 6, a.latentCount());
    assertArrayEquals(new long[] {1, 6}, of(Architecture.Latent.DENSE, 24, 16, 8).latentShape());
  }

  @Test
  void flatAxesStayFlat() {
    final Architecture a = of(Architecture.Latent.GRID, 24, 16, 1);
    assertArrayEquals(new long[] {1, 1, 4, 6, 6}, a.latentShape());
  }

  @Test
  void gridThatCannotBeHalvedIsRefused() {
    assertEquals(
        "The grid of [24, 18, 8] voxels does not fit a network of 3 levels, which needs multiples of 4; give fewer channels or a finer spacing.",
        assertThrows(InvalidInputException.class, () -> of(Architecture.Latent.GRID, 24, 18, 8))
            .getMessage());
  }
}
