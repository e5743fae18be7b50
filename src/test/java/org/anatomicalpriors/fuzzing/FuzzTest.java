package org.anatomicalpriors.fuzzing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some damaged files against every reader; {@code scripts/fuzz} runs as many as wanted. */
class FuzzTest {

  private static final int INPUTS = 3000;

  /** Each is unpacked, parsed and written to a folder. */
  private static final int MODELS = 400;

  @TempDir Path work;
  @TempDir Path root;

  private void run(final Source source, final int count) throws Exception {
    final Campaign campaign = new Campaign(source, root).run(0, count);
    assertEquals(List.of(), campaign.complaints());
    assertEquals(count, campaign.opened() + campaign.refused());
    // Damage that is always or never seen would test little.
    assertTrue(campaign.opened() > count / 20, campaign.toString());
    assertTrue(campaign.refused() > count / 3, campaign.toString());
  }

  @Test
  void damagedImagesAreOpenedOrRefused() throws Exception {
    run(new NiftiSource(work), INPUTS);
  }

  @Test
  void damagedLabelTablesAreOpenedOrRefused() throws Exception {
    run(new LabelSetSource(), INPUTS);
  }

  @Test
  void damagedModelsAreOpenedOrRefused() throws Exception {
    run(new BundleSource(work), MODELS);
  }

  @Test
  void theSameNumberGivesTheSameInput() throws IOException {
    final Source source = new NiftiSource(work);
    for (int n = 0; n < 100; n++) {
      final Input first = source.input(new java.util.SplittableRandom(n));
      final Input again = source.input(new java.util.SplittableRandom(n));
      assertEquals(first.files.keySet(), again.files.keySet());
      for (final String name : first.files.keySet())
        org.junit.jupiter.api.Assertions.assertArrayEquals(
            first.files.get(name), again.files.get(name));
    }
  }
}
