package org.anatomicalpriors.segmentation;

import java.util.Arrays;
import org.anatomicalpriors.InvalidInputException;

/** The scale on which an image's intensities are modelled: robust range mapped to about 0 to 1. */
final class IntensityScale {

  private static final double LOW = 0.01;
  private static final double HIGH = 0.99;

  /** So many voxels tell the percentiles well enough. */
  private static final int ENOUGH = 200_000;

  private final double offset;
  private final double scale;

  private IntensityScale(final double offset, final double scale) {
    this.offset = offset;
    this.scale = scale;
  }

  /**
   * From the image's own voxels.
   *
   * @throws InvalidInputException if it holds no finite value or only one
   */
  static IntensityScale of(final float[] voxels, final String name) {
    final int step = Math.max(1, voxels.length / ENOUGH);
    float[] finite = new float[voxels.length / step + 1];
    int n = 0;
    float least = Float.POSITIVE_INFINITY, most = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < voxels.length; i++) {
      final float v = voxels[i];
      if (Float.isNaN(v) || Float.isInfinite(v)) continue;
      least = Math.min(least, v);
      most = Math.max(most, v);
      if (i % step == 0) finite[n++] = v;
    }
    if (!(least < most))
      throw new InvalidInputException(
          name
              + (least == most
                  ? " has the value " + least + " everywhere"
                  : " holds no finite value")
              + "; give an image with contrast.");
    // Voxels at the very lowest value are padding or air and say nothing about contrast.
    final float floor = least;
    int kept = 0;
    for (int i = 0; i < n; i++) if (finite[i] > floor) finite[kept++] = finite[i];
    finite = Arrays.copyOf(finite, kept);
    Arrays.sort(finite);
    final double low = kept == 0 ? least : finite[(int) (LOW * (kept - 1))];
    final double high = kept == 0 ? most : finite[(int) (HIGH * (kept - 1))];
    return high > low
        ? new IntensityScale(low, high - low)
        : new IntensityScale(least, most - least);
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
