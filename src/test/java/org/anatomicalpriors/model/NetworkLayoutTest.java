package org.anatomicalpriors.model;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.tensorflow.EngineException;
import org.anatomicalpriors.tensorflow.SavedModelLayout;
import org.anatomicalpriors.tensorflow.SavedModels;
import org.anatomicalpriors.tensorflow.TestEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkLayoutTest {

  @TempDir Path folder;

  private static ModelDescription description(
      final Architecture.Latent latent, final boolean segmenter, final int[] size, final int... c) {
    final ModelDescription d =
        TestPriors.description(TestPriors.architecture(Architecture.Latent.GRID, 4));
    return new ModelDescription(
        Grid.centred(size, new double[] {2, 2, 2}, new double[3], "mm"),
        d.labels(),
        new Architecture(size, 3, c, latent, 2),
        d.landmarks(),
        segmenter,
        true,
        d.provenance());
  }

  /** Writes networks with all weights 0. */
  private SavedModelLayout export(final ModelDescription d) throws IOException {
    final SavedModelLayout layout = NetworkLayout.of(d);
    final Map<String, float[]> weights = new TreeMap<>();
    for (final Map.Entry<String, long[]> v : layout.variables().entrySet()) {
      int size = 1;
      for (final long s : v.getValue()) size *= (int) s;
      weights.put(v.getKey(), new float[size]);
    }
    try (PriorNetwork network =
        new PriorNetwork(d.architecture(), d.isSegmenter(), TestEngine.get())) {
      network.export(weights, folder);
    }
    return layout;
  }

  @ParameterizedTest
  @CsvSource({"GRID,false", "GRID,true", "DENSE,false", "DENSE,true"})
  void networksOfVolumesAndSlicesFit(final Architecture.Latent latent, final boolean segmenter)
      throws IOException {
    for (final int depth : new int[] {8, 1}) {
      final int[] size = {12, 16, depth};
      final SavedModelLayout layout = export(description(latent, segmenter, size, 4, 6, 5));
      assertDoesNotThrow(() -> SavedModels.check(folder, layout));
      assertEquals(
          layout.bytes(), Files.size(folder.resolve("variables/variables.data-00000-of-00001")));
    }
  }

  @Test
  void networksOfOneLevelFit() throws IOException {
    final SavedModelLayout layout =
        export(description(Architecture.Latent.GRID, true, new int[] {5, 3, 2}, 4));
    assertDoesNotThrow(() -> SavedModels.check(folder, layout));
  }

  @Test
  void networksOfAnotherArchitectureDoNotFit() throws IOException {
    final int[] size = {8, 4, 4};
    export(description(Architecture.Latent.GRID, false, size, 4, 6));
    for (final ModelDescription other :
        new ModelDescription[] {
          description(Architecture.Latent.DENSE, false, size, 4, 6),
          description(Architecture.Latent.GRID, true, size, 4, 6),
          description(Architecture.Latent.GRID, false, size, 4, 5),
          description(Architecture.Latent.GRID, false, size, 4, 6, 6),
          description(Architecture.Latent.GRID, false, new int[] {8, 4, 8}, 4, 6)
        }) {
      final String message =
          assertThrows(
                  EngineException.class, () -> SavedModels.check(folder, NetworkLayout.of(other)))
              .getMessage();
      assertTrue(message.startsWith("The model's network does not fit its description ("), message);
    }
  }

  @Test
  void networksBeyondAllFilesAreNoLayout() {
    final ModelDescription d =
        description(
            Architecture.Latent.DENSE,
            false,
            new int[] {1 << 10, 1 << 10, 1 << 10},
            Integer.MAX_VALUE,
            Integer.MAX_VALUE);
    assertThrows(ArithmeticException.class, () -> NetworkLayout.of(d).bytes());
  }
}
