package org.anatomicalpriors.model;

import java.util.Map;
import java.util.TreeMap;

/**
 * The precision of the weights of a finished model: that of half precision (IEEE 754 binary16, 11
 * significant bits) with float32's range, so that the weights compress by a third. Values change by
 * at most 1 part in 2048, far less than one training step changes them. Rounding twice changes
 * nothing, so that a segmenter keeps its prior's decoder bit by bit.
 */
final class StoredPrecision {

  /** Significant bits of float32, and of half precision, without the leading one. */
  private static final int FLOAT_BITS = 23;

  private static final int KEPT_BITS = 10;

  private static final int DROPPED = FLOAT_BITS - KEPT_BITS;

  private StoredPrecision() {}

  /** Rounded copies by the same names. */
  static Map<String, float[]> round(final Map<String, float[]> weights) {
    final Map<String, float[]> rounded = new TreeMap<>();
    weights.forEach(
        (name, w) -> {
          final float[] r = new float[w.length];
          for (int i = 0; i < r.length; i++) r[i] = round(w[i]);
          rounded.put(name, r);
        });
    return rounded;
  }

  /** The nearest value that can be stored, the one that ends in an even bit where two are near. */
  static float round(final float value) {
    if (!Float.isFinite(value)) return value;
    final int bits = Float.floatToRawIntBits(value);
    final int half = (1 << DROPPED - 1) - 1 + (bits >> DROPPED & 1);
    return Float.intBitsToFloat(bits + half & -(1 << DROPPED));
  }
}
