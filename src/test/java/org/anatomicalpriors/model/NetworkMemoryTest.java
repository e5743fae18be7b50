package org.anatomicalpriors.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What is measured against the operating system's figures is in TrainingMemoryTest. */
class NetworkMemoryTest {

  private final Architecture a =
      new Architecture(new int[] {16, 24, 64}, 5, new int[] {4, 8}, Architecture.Latent.GRID, 2);

  @Test
  void withoutOneDnnAnUpsamplingIsWrittenOut() {
    final long kernel = 4 * 4 * 4, finest = a.voxels() / 8 * kernel * 4 * Float.BYTES;
    for (final Keeping k : new Keeping[] {Keeping.ALL, Keeping.LEVELS}) {
      assertEquals(finest, more(k), 4);
    }
    assertTrue(more(Keeping.SLABS) > 0 && more(Keeping.SLABS) < finest / 2);
  }

  private long more(final Keeping keeping) {
    return NetworkMemory.step(a, keeping, false) - NetworkMemory.step(a, keeping, true);
  }
}
