package org.anatomicalpriors.evaluation;

import java.util.Arrays;

/**
 * The exact Euclidean distance transform by lower envelopes of parabolas, one axis after the other.
 *
 * <p>P. F. Felzenszwalb, D. P. Huttenlocher, Distance transforms of sampled functions, Theory of
 * Computing 8 (2012), 415-428; here with a spacing for each axis.
 */
public final class DistanceTransform {

  private DistanceTransform() {}

  /**
   * Squared distance of every voxel to the nearest feature voxel.
   *
   * @param feature true at feature voxels, x fastest
   * @param size voxels along x, y, z
   * @param spacing distance between voxels along x, y, z
   * @return squared distances in squared units of the spacing, infinite without any feature
   */
  public static double[] squared(
      final boolean[] feature, final int[] size, final double[] spacing) {
    final double[] distance = new double[feature.length];
    for (int i = 0; i < feature.length; i++)
      distance[i] = feature[i] ? 0 : Double.POSITIVE_INFINITY;
    for (int axis = 0, stride = 1; axis < 3; stride *= size[axis], axis++)
      if (size[axis] > 1) alongAxis(distance, size[axis], stride, spacing[axis]);
    return distance;
  }

  private static void alongAxis(
      final double[] distance, final int length, final int stride, final double spacing) {
    final LowerEnvelope envelope = new LowerEnvelope(length, spacing);
    final int block = stride * length;
    for (int start = 0; start < distance.length; start += block)
      for (int line = start; line < start + stride; line++)
        envelope.transform(distance, line, stride);
  }

  /** Minimum over q of {@code f(q) + (s (p - q))^2} for every p of one line of voxels. */
  private static final class LowerEnvelope {

    private final int length;
    private final double spacing2;
    private final double[] f;
    private final int[] apex; // voxels whose parabolas make up the envelope
    private final double[] from; // where each of these parabolas takes over

    LowerEnvelope(final int length, final double spacing) {
      this.length = length;
      this.spacing2 = spacing * spacing;
      f = new double[length];
      apex = new int[length];
      from = new double[length];
    }

    void transform(final double[] values, final int start, final int stride) {
      for (int q = 0; q < length; q++) f[q] = values[start + q * stride];
      final int parabolas = build();
      if (parabolas == 0) return; // no finite value on this line: all stay infinite
      for (int p = 0, k = 0; p < length; p++) {
        while (k + 1 < parabolas && from[k + 1] < p) k++;
        final double d = p - apex[k];
        values[start + p * stride] = spacing2 * d * d + f[apex[k]];
      }
    }

    private int build() {
      int count = 0;
      Arrays.fill(from, Double.NEGATIVE_INFINITY);
      for (int q = 0; q < length; q++) {
        if (f[q] == Double.POSITIVE_INFINITY) continue;
        double takesOver = Double.NEGATIVE_INFINITY;
        while (count > 0) {
          takesOver = intersection(apex[count - 1], q);
          if (takesOver > from[count - 1]) break;
          count--;
        }
        apex[count] = q;
        from[count] = count == 0 ? Double.NEGATIVE_INFINITY : takesOver;
        count++;
      }
      return count;
    }

    private double intersection(final int p, final int q) {
      return 0.5 * (p + q) + (f[q] - f[p]) / (2 * spacing2 * (q - p));
    }
  }
}
