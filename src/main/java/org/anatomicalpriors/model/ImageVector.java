package org.anatomicalpriors.model;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * An image of one or more channels on a grid of V voxels, in x-fastest order, in the form that the
 * model takes: every channel brought to a common scale, with a mask of the voxels that count.
 * Immutable by convention.
 */
public final class ImageVector {

  /** More channels than this are refused. */
  public static final int MOST_CHANNELS = 8;

  private final float[] values;
  private final float[] mask;
  private final byte[] present;
  private final double[] offset;
  private final double[] scale;
  private final int counted;

  private ImageVector(
      final float[] values,
      final float[] mask,
      final byte[] present,
      final double[] offset,
      final double[] scale,
      final int counted) {
    this.values = values;
    this.mask = mask;
    this.present = present;
    this.offset = offset;
    this.scale = scale;
    this.counted = counted;
  }

  /**
   * An image of one channel.
   *
   * @param raw intensities in x-fastest order, not a number outside the field of view
   * @param offset subtracted from every intensity
   * @param scale by which the difference is divided
   */
  public static ImageVector of(final float[] raw, final double offset, final double scale) {
    return of(new float[][] {raw}, new double[] {offset}, new double[] {scale});
  }

  /**
   * An image of K channels. Voxels that count are those of which a channel is known.
   *
   * @param raw intensities of every channel in x-fastest order, not a number where unknown
   * @param offset subtracted from every channel's intensities
   * @param scale by which the differences are divided
   */
  public static ImageVector of(final float[][] raw, final double[] offset, final double[] scale) {
    final int k = raw.length, n = raw[0].length;
    if (k > MOST_CHANNELS) throw new IllegalArgumentException(k + " channels");
    final float[] values = new float[k * n];
    final float[] mask = new float[n];
    final byte[] present = new byte[n];
    VoxelChunks.forEach(
        n,
        (first, end) -> {
          for (int v = first; v < end; v++) {
            int known = 0;
            for (int c = 0; c < k; c++) {
              final float x = raw[c][v];
              if (!Float.isFinite(x)) continue;
              values[v * k + c] = (float) ((x - offset[c]) / scale[c]);
              known |= 1 << c;
            }
            present[v] = (byte) known;
            mask[v] = known == 0 ? 0 : 1;
          }
        });
    int counted = 0;
    for (final byte known : present) if (known != 0) counted++;
    return new ImageVector(values, mask, present, offset.clone(), scale.clone(), counted);
  }

  /**
   * The image divided by multiplicative gains.
   *
   * @param logGain natural logarithm of every voxel's gain in a channel; asked for once for each
   */
  public ImageVector dividedBy(final IntFunction<float[]> logGain) {
    final int k = channels();
    final float[] divided = new float[values.length];
    for (int c = 0; c < k; c++) {
      final int channel = c;
      final double zero = zero(c);
      final float[] log = logGain.apply(c);
      VoxelChunks.forEach(
          mask.length,
          (first, end) -> {
            for (int v = first; v < end; v++) {
              final int i = v * k + channel;
              if (isKnown(v, channel))
                divided[i] = (float) (zero + (values[i] - zero) * Math.exp(-log[v]));
            }
          });
    }
    return new ImageVector(divided, mask, present, offset, scale, counted);
  }

  /** The same image, of which nothing is known where {@code inside} does not hold. */
  public ImageVector within(final IntPredicate inside) {
    final float[] some = mask.clone();
    final byte[] channels = present.clone();
    int left = 0;
    for (int v = 0; v < some.length; v++) {
      if (some[v] == 0) continue;
      if (inside.test(v)) {
        left++;
        continue;
      }
      some[v] = 0;
      channels[v] = 0;
    }
    return new ImageVector(values, some, channels, offset, scale, left);
  }

  /** Bytes that {@link #write} writes. */
  int bytes() {
    return 2 * Integer.BYTES
        + channels() * 2 * Double.BYTES
        + voxels() * (1 + channels() * Float.BYTES);
  }

  /** Writes all that it is, to the bit. */
  void write(final ByteBuffer to) {
    to.putInt(voxels()).putInt(channels());
    for (int c = 0; c < channels(); c++) to.putDouble(offset[c]).putDouble(scale[c]);
    to.put(present);
    to.asFloatBuffer().put(values);
    to.position(to.position() + Float.BYTES * values.length);
  }

  /** Reads what {@link #write} wrote. */
  static ImageVector read(final ByteBuffer from) {
    final int n = from.getInt(), k = from.getInt();
    final double[] offset = new double[k], scale = new double[k];
    for (int c = 0; c < k; c++) {
      offset[c] = from.getDouble();
      scale[c] = from.getDouble();
    }
    final byte[] present = new byte[n];
    from.get(present);
    final float[] values = new float[n * k], mask = new float[n];
    from.asFloatBuffer().get(values);
    from.position(from.position() + Float.BYTES * values.length);
    int counted = 0;
    for (int v = 0; v < n; v++) {
      if (present[v] == 0) continue;
      mask[v] = 1;
      counted++;
    }
    return new ImageVector(values, mask, present, offset, scale, counted);
  }

  /** Where a raw intensity of 0 of a channel lies on this scale. */
  public double zero(final int channel) {
    return -offset[channel] / scale[channel];
  }

  /** K. */
  public int channels() {
    return offset.length;
  }

  /** V. */
  public int voxels() {
    return mask.length;
  }

  /** Scaled intensities, (V, K) by rows; of no meaning where unknown. */
  public float[] values() {
    return values;
  }

  /** 1 where the voxel counts, else 0. */
  public float[] mask() {
    return mask;
  }

  /** The channels that are known of a voxel, as bits: 1 for the first, 2 for the second, ... */
  int present(final int voxel) {
    return present[voxel] & 0xff;
  }

  /** Whether a channel is known of a voxel. */
  public boolean isKnown(final int voxel, final int channel) {
    return (present[voxel] & 1 << channel) != 0;
  }

  /** Whether all channels are known of a voxel. */
  public boolean isComplete(final int voxel) {
    return present(voxel) == (1 << offset.length) - 1;
  }

  /** Number of voxels of which all channels are known. */
  public int countComplete() {
    int count = 0;
    for (int v = 0; v < mask.length; v++) if (isComplete(v)) count++;
    return count;
  }

  /** 1 where all channels are known of a voxel, else 0. */
  float[] complete() {
    if (channels() == 1) return mask;
    final float[] complete = new float[mask.length];
    for (int v = 0; v < complete.length; v++) complete[v] = isComplete(v) ? 1 : 0;
    return complete;
  }

  /** Number of voxels that count. */
  public int counted() {
    return counted;
  }

  /** A raw intensity of a voxel, as it was before it was scaled; not a number where unknown. */
  public float raw(final int voxel, final int channel) {
    return isKnown(voxel, channel)
        ? (float) (values[voxel * channels() + channel] * scale[channel] + offset[channel])
        : Float.NaN;
  }

  /** The {@link PowerSums} of every voxel, (V, F) by rows. */
  float[] powers() {
    final int k = channels(), f = PowerSums.count(k);
    final float[] all = new float[mask.length * f];
    final double[] row = new double[f];
    for (int v = 0; v < mask.length; v++) {
      PowerSums.of(values, v * k, k, row);
      for (int i = 0; i < f; i++) all[v * f + i] = (float) row[i];
    }
    return all;
  }
}
