package org.anatomicalpriors.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.model.ModelDescription.CurvePoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {

  private static final Map<String, String> FINGERPRINT = Map.of("seed", "1", "steps", "30");
  private static final float[] WEIGHTS = {1, -0f, Float.MIN_VALUE, Float.NaN, 3e38f};

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() {
    file = folder.resolve("a.checkpoint");
    new Checkpoint(
            FINGERPRINT,
            17,
            Double.POSITIVE_INFINITY,
            List.of(new CurvePoint(10, 1.5, Double.NaN, 0.25)),
            Map.of("loss", new double[] {1, Double.NaN}),
            Map.of("w/a.kernel", WEIGHTS, "empty", new float[0]),
            Map.of("w", new float[] {7}))
        .write(file);
  }

  @Test
  void comesBackToTheBit() {
    final Checkpoint c = Checkpoint.read(file, FINGERPRINT);
    assertEquals(17, c.step());
    assertEquals(Double.POSITIVE_INFINITY, c.bestLoss());
    assertEquals(1, c.curve().size());
    assertEquals(10, c.curve().get(0).step());
    assertTrue(Double.isNaN(c.curve().get(0).validation()));
    assertEquals(0.25, c.curve().get(0).dice());
    assertArrayEquals(new double[] {1, Double.NaN}, c.extra().get("loss"));
    assertEquals(2, c.latest().size());
    assertEquals(0, c.latest().get("empty").length);
    for (int i = 0; i < WEIGHTS.length; i++)
      assertEquals(
          Float.floatToRawIntBits(WEIGHTS[i]),
          Float.floatToRawIntBits(c.latest().get("w/a.kernel")[i]));
    assertArrayEquals(new float[] {7}, c.best().get("w"));
  }

  @Test
  void missingFileIsNamed() {
    final Path none = folder.resolve("none");
    assertEquals(
        "There is no checkpoint "
            + none
            + " to resume from; start without resume, or give the output of the interrupted run.",
        assertThrows(InvalidInputException.class, () -> Checkpoint.read(none, FINGERPRINT))
            .getMessage());
  }

  @Test
  void otherTrainingIsRefusedWithBothValues() {
    assertEquals(
        "The checkpoint "
            + file
            + " was made with seed 1 and now it is 2; resume with the same settings and data, or start again without resume.",
        assertThrows(InvalidInputException.class, () -> Checkpoint.read(file, Map.of("seed", "2")))
            .getMessage());
  }

  private void assertDamaged() {
    assertEquals(
        "The checkpoint " + file + " is damaged; delete it and start again without resume.",
        assertThrows(InvalidInputException.class, () -> Checkpoint.read(file, FINGERPRINT))
            .getMessage());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.5, 0.75, 0.99})
  void truncatedFilesAreRefused(final double part) throws IOException {
    final byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, (int) (part * whole.length)));
    assertDamaged();
  }

  @Test
  void garbageIsRefused() throws IOException {
    Files.write(file, "this is no checkpoint".getBytes(StandardCharsets.UTF_8));
    assertDamaged();
  }

  @Test
  void everySingleDamagedByteIsNoticedOrHarmless() throws IOException {
    final byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i++) {
      final byte[] damaged = whole.clone();
      damaged[i] ^= 0x55;
      Files.write(file, damaged);
      try {
        final Checkpoint c = Checkpoint.read(file, FINGERPRINT);
        assertEquals(17, c.step(), "byte " + i);
      } catch (final InvalidInputException e) {
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
      }
    }
  }

  @Test
  void deletingTwiceIsNoError() {
    Checkpoint.delete(file);
    assertFalse(Files.exists(file));
    Checkpoint.delete(file);
  }
}
