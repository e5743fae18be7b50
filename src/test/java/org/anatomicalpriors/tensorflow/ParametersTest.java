package org.anatomicalpriors.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParametersTest {

  private NetworkGraph network;
  private Parameters parameters;

  @BeforeEach
  void open() {
    network = new NetworkGraph(TestEngine.get());
    parameters = network.parameters();
    parameters.create("a.kernel", 0.5, 40, 50);
    parameters.create("a.bias", 0, 3);
    parameters.create("b.kernel", 2, 7);
  }

  @AfterEach
  void close() {
    network.close();
  }

  private float[] started(final long seed, final String name) {
    parameters.initialise(network.session(), seed);
    return parameters.read(network.session(), name).get(name);
  }

  @Test
  void sameSeedGivesTheSameStart() {
    final float[] first = started(11, "a.kernel");
    final float[] other = started(12, "a.kernel");
    assertArrayEquals(first, started(11, "a.kernel"), 0f);
    assertFalse(Arrays.equals(first, other));
  }

  @Test
  void startIsNormalWithTheDeviationAsked() {
    final float[] w = started(3, "a.kernel");
    double sum = 0, squares = 0;
    for (final float v : w) {
      sum += v;
      squares += v * v;
    }
    assertEquals(0, sum / w.length, 0.05);
    assertEquals(0.5, Math.sqrt(squares / w.length), 0.03);
    assertArrayEquals(new float[3], started(3, "a.bias"), 0f);
  }

  @Test
  void whatIsAssignedIsRead() {
    parameters.assign(network.session(), Map.of("a.bias", new float[] {1, -2, 3}));
    final Map<String, float[]> read = parameters.read(network.session(), "a.bias");
    assertEquals(1, read.size());
    assertArrayEquals(new float[] {1, -2, 3}, read.get("a.bias"), 0f);
    assertEquals(0, parameters.read(network.session(), "none").size());
  }

  @Test
  void nothingIsAssignedIfOneDoesNotFit() {
    final float[] before = {4, 5, 6};
    parameters.assign(network.session(), Map.of("a.bias", before));
    final Map<String, float[]> weights = new LinkedHashMap<>();
    weights.put("a.bias", new float[] {1, -2, 3});
    weights.put("b.kernel", new float[8]);
    assertThrows(EngineException.class, () -> parameters.assign(network.session(), weights));
    assertArrayEquals(before, parameters.read(network.session(), "a.bias").get("a.bias"), 0f);
  }

  @Test
  void namesAndCountsGoByPrefix() {
    assertEquals(List.of("a.kernel", "a.bias"), parameters.names("a."));
    assertEquals(2003, parameters.count("a."));
    assertEquals(2010, parameters.count(""));
  }

  @Test
  void unknownNamesAndWrongLengthsAreRefused() {
    for (final Map<String, float[]> weights :
        List.of(Map.of("c.kernel", new float[7]), Map.of("b.kernel", new float[8]))) {
      final String name = weights.keySet().iterator().next();
      assertEquals(
          "The weights \"" + name + "\" do not fit the network; the model file is damaged.",
          assertThrows(EngineException.class, () -> parameters.assign(network.session(), weights))
              .getMessage());
    }
  }

  @Test
  void twoParametersOfOneNameAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> parameters.create("b.kernel", 1, 2));
  }
}
