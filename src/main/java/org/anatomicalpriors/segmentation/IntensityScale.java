package org.anatomicalpriors.segmentation;

import java.util.Arrays;
import org.anatomicalpriors.InvalidInputException;

/**
 * The scale on which an image's intensities are modelled: robust range mapped to about 0 to 1, and
 * the limits beyond which a few voxels, such as hot ones, tell nothing.
 */
final class IntensityScale {

  private static final double LOW = 0.01;
  private static final double HIGH = 0.99;

  /** Share of the voxels, at either end, that may lie beyond the range of all others. */
  private static final double FEW = 0.001;

  /** How far beyond it, as a part of that range, a value is taken for what it is. */
  private static final double BEYOND = 2;

  /** Steps of single precision that the range must have at least. */
  private static final double STEPS = 50;

  /** So many voxels tell the percentiles well enough. */
  private static final int ENOUGH = 200_000;

  private final double offset;
  private final double scale;
  private final float lowest;
  private final float highest;

  private IntensityScale(
      final double low, final double high, final float lowest, final float highest) {
    offset = low;
    scale = high - low;
    this.lowest = lowest;
    this.highest = highest;
  }

  /**
   * From the image's own voxels.
   *
   * @throws InvalidInputException if it holds no finite value or only one, or if its values differ
   *     by less than single precision tells
   */
  static IntensityScale of(final float[] voxels, final String name) {
    final int step = Math.max(1, voxels.length / ENOUGH);
    float[] finite = new float[voxels.length / step + 1];
    int n = 0;
    float least = Float.POSITIVE_INFINITY, most = Float.NEGATIVE_INFINITY;
    for (final float v : voxels)
      if (Float.isFinite(v)) {
        least = Math.min(least, v);
        most = Math.max(most, v);
      }
    for (long i = 0; i < voxels.length; i += step)
      if (Float.isFinite(voxels[(int) i])) finite[n++] = voxels[(int) i];
    if (!(least < most))
      throw new InvalidInputException(
          name
              + (least == most
                  ? " has the value " + least + " everywhere"
                  : " holds no finite value")
              + "; give an image with contrast.");
    finite = Arrays.copyOf(finite, n);
    Arrays.sort(finite);
    // Voxels at the very lowest value are padding or air and say nothing about contrast.
    int floor = 0;
    while (floor < n && finite[floor] <= least) floor++;
    final int kept = n - floor;
    double low = kept == 0 ? least : finite[floor + (int) (LOW * (kept - 1))];
    double high = kept == 0 ? most : finite[floor + (int) (HIGH * (kept - 1))];
    if (!(high > low)) {
      low = least;
      high = most;
    }
    requirePrecision(low, high, name);
    final double from = n == 0 ? 0 : finite[(int) Math.ceil(FEW * (n - 1))];
    final double to = n == 0 ? 0 : finite[(int) Math.floor((1 - FEW) * (n - 1))];
    // Where nearly all voxels have one value, the few that differ are all that the image tells.
    return to > from
        ? new IntensityScale(
            low, high, (float) (from - BEYOND * (to - from)), (float) (to + BEYOND * (to - from)))
        : new IntensityScale(low, high, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
  }

  private static void requirePrecision(final double low, final double high, final String name) {
    final float largest = (float) Math.max(Math.abs(low), Math.abs(high));
    if (STEPS * Math.ulp(largest) > high - low)
      throw new InvalidInputException(
          name
              + " has values from "
              + low
              + " to "
              + high
              + ", which differ too little for numbers of that size; subtract the lowest from all of them.");
  }

  /** Brings the few values far beyond all others to the limits; what is not finite stays. */
  void limit(final float[] voxels) {
    for (int v = 0; v < voxels.length; v++)
      if (!Float.isInfinite(voxels[v]))
        voxels[v] = Math.max(lowest, Math.min(highest, voxels[v])); // NaN stays NaN
  }

  /** What is subtracted from an intensity. */
  double offset() {
    return offset;
  }

  /** By what the difference is divided. */
  double scale() {
    return scale;
  }

  double toImage(final double value) {
    return offset + scale * value;
  }

  double deviationToImage(final double variance) {
    return scale * Math.sqrt(variance);
  }
}
