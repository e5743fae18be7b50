package org.anatomicalpriors.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class StoredPrecisionTest {

  @Test
  void everyValueIsWithinHalfAUnitInTheEleventhBit() {
    final SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      final float value = (float) (random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(-12, 6)));
      final float rounded = StoredPrecision.round(value);
      final double unit = Math.scalb(1.0, Math.getExponent(value) - 10);
      assertTrue(Math.abs(rounded - value) <= unit / 2, () -> value + " became " + rounded);
      assertEquals(0, Math.abs((rounded / unit) % 1), () -> rounded + " has more than eleven bits");
      assertEquals(rounded, StoredPrecision.round(rounded));
    }
  }

  @Test
  void tiesGoToTheEvenNeighbour() {
    final float unit = 1f / 1024;
    assertEquals(1, StoredPrecision.round(1 + unit / 2));
    assertEquals(1 + 2 * unit, StoredPrecision.round(1 + 3 * unit / 2));
    assertEquals(-1, StoredPrecision.round(-1 - unit / 2));
    assertEquals(2, StoredPrecision.round(2 - unit / 8), "carried into the exponent");
    assertEquals(
        new BigDecimal(0.1).round(new MathContext(4)).doubleValue(),
        StoredPrecision.round(0.1f),
        5e-5);
  }

  @Test
  void whatHasNoPrecisionStays() {
    for (final float value :
        new float[] {0, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
      assertEquals(value, StoredPrecision.round(value));
  }

  @Test
  void roundedWeightsCompressByAThirdAndTheOriginalsStay() {
    final SplittableRandom random = new SplittableRandom(2);
    final float[] weights = new float[20_000];
    for (int i = 0; i < weights.length; i++) weights[i] = (float) random.nextDouble(-1, 1);
    final float[] before = weights.clone();
    final float[] rounded = StoredPrecision.round(Map.of("w", weights)).get("w");
    assertArrayEquals(before, weights);
    assertTrue(compressed(rounded) < 0.7 * compressed(weights));
  }

  private static int compressed(final float[] values) {
    final ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (final float v : values) bytes.putFloat(v);
    final Deflater deflater = new Deflater();
    deflater.setInput(bytes.array());
    deflater.finish();
    final byte[] out = new byte[4 * values.length + 1000];
    final int n = deflater.deflate(out);
    deflater.end();
    return n;
  }
}
