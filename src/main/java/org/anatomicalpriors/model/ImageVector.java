package org.anatomicalpriors.model;

/**
 * An image on a prior's grid in the form that the model takes: V values in x-fastest order, brought
 * to a common scale, with a mask of the voxels that count. Immutable by convention.
 */
public final class ImageVector {

  private final float[] values;
  private final float[] mask;
  private final double offset;
  private final double scale;
  private final int counted;

  private ImageVector(
      final float[] values,
      final float[] mask,
      final double offset,
      final double scale,
      final int counted) {
    this.values = values;
    this.mask = mask;
    this.offset = offset;
    this.scale = scale;
    this.counted = counted;
  }

  /**
   * @param raw intensities in x-fastest order, not a number outside the field of view
   * @param offset subtracted from every intensity
   * @param scale by which the difference is divided
   */
  public static ImageVector of(final float[] raw, final double offset, final double scale) {
    final float[] values = new float[raw.length];
    final float[] mask = new float[raw.length];
    int counted = 0;
    for (int i = 0; i < raw.length; i++) {
      if (Float.isNaN(raw[i]) || Float.isInfinite(raw[i])) continue;
      values[i] = (float) ((raw[i] - offset) / scale);
      mask[i] = 1;
      counted++;
    }
    return new ImageVector(values, mask, offset, scale, counted);
  }

  /**
   * The image divided by a multiplicative gain.
   *
   * @param logGain natural logarithm of every voxel's gain
   */
  public ImageVector dividedBy(final float[] logGain) {
    final double zero = zero();
    final float[] divided = new float[values.length];
    for (int i = 0; i < values.length; i++)
      if (mask[i] > 0) divided[i] = (float) (zero + (values[i] - zero) * Math.exp(-logGain[i]));
    return new ImageVector(divided, mask, offset, scale, counted);
  }

  /** Where a raw intensity of 0 lies on this scale. */
  public double zero() {
    return -offset / scale;
  }

  /** Scaled intensities; 0 where the mask is 0. */
  public float[] values() {
    return values;
  }

  /** 1 where the voxel counts, else 0. */
  public float[] mask() {
    return mask;
  }

  /** Number of voxels that count. */
  public int counted() {
    return counted;
  }

  public double offset() {
    return offset;
  }

  public double scale() {
    return scale;
  }
}
