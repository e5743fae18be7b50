package org.anatomicalpriors.model;

import java.util.Arrays;

/**
 * Densities of many voxels at once. Numbers of the voxels lie side by side, so that Java's compiler
 * makes vector instructions of the loops over them, which one voxel after the other does not give;
 * of parts of one large array its code takes twice as long. For one thread.
 */
public final class DensityBlock {

  /** Most voxels of a block. */
  public static final int SIZE = 256;

  /** The exponential of what is too little to be told from it. */
  private static final float NOTHING = 4e-11f;

  private final IntensityModel model;
  private final int[] held = new int[SIZE];
  private final float[] values = new float[SIZE];
  private final float[] mean; // of one channel, as are the next two
  private final float[] halfPrecision;
  private final float[] logPeak;
  private final float[][] components;
  private final float[][] groups;
  private int taken;

  public DensityBlock(final IntensityModel model) {
    this.model = model;
    final int n = model.components();
    mean = new float[n];
    halfPrecision = new float[n];
    logPeak = new float[n];
    for (int c = 0; c < n; c++) {
      mean[c] = (float) model.mean(c, 0);
      halfPrecision[c] = (float) (0.5 / model.covariance(c, 0, 0));
      logPeak[c] = (float) model.logPeak(c);
    }
    components = new float[n][SIZE];
    groups = new float[model.groups()][SIZE];
  }

  /** Is told which voxels the block holds. */
  public interface Visitor {
    /**
     * @param voxels of which the first {@code count} are held, at these places
     */
    void visit(int[] voxels, int count);
  }

  /**
   * Takes every {@code step}-th voxel of a range, block by block, those that do not count left out.
   */
  public void forEach(
      final ImageVector x, final int from, final int to, final int step, final Visitor visitor) {
    final float[] mask = x.mask();
    int count = 0;
    for (int v = from; v < to; v += step) {
      if (mask[v] == 0) continue;
      held[count++] = v;
      if (count < SIZE) continue;
      of(x, held, count);
      visitor.visit(held, count);
      count = 0;
    }
    if (count == 0) return;
    of(x, held, count);
    visitor.visit(held, count);
  }

  /**
   * Takes voxels of an image, of each of which a channel has to be known.
   *
   * @param voxels indices, of which the first {@code count} are taken
   * @param count {@link #SIZE} at most
   */
  public void of(final ImageVector x, final int[] voxels, final int count) {
    taken = count;
    if (model.channels() > 1) {
      for (int c = 0; c < model.components(); c++)
        for (int i = 0; i < count; i++) components[c][i] = (float) model.density(c, x, voxels[i]);
      return;
    }
    final float[] all = x.values();
    for (int i = 0; i < count; i++) values[i] = all[voxels[i]];
    for (int c = 0; c < model.components(); c++)
      densities(values, count, mean[c], halfPrecision[c], logPeak[c], components[c]);
  }

  private static void densities(
      final float[] values,
      final int count,
      final float centre,
      final float half,
      final float peak,
      final float[] out) {
    for (int i = 0; i < count; i++) {
      final float d = values[i] - centre;
      out[i] = peak - half * d * d;
    }
    Exponentials.of(out, count);
    for (int i = 0; i < count; i++) out[i] = Math.max(0, out[i] - NOTHING);
  }

  /** Intensities of the voxels, if there is one channel. */
  float[] values() {
    return values;
  }

  /**
   * Density in every component times the component's weight, (C, {@link #SIZE}), 0 where it is
   * nothing beside the outliers, of the voxels that were taken; may be written over.
   */
  float[][] components() {
    return components;
  }

  /**
   * Density in every group, outliers included, of the voxels that were taken: (G, {@link #SIZE}).
   *
   * @return arrays that the next call writes over
   */
  public float[][] groups() {
    for (final float[] group : groups)
      Arrays.fill(group, 0, taken, (float) IntensityModel.OUTLIERS);
    for (int c = 0; c < model.components(); c++) add(components[c], taken, groups[model.group(c)]);
    return groups;
  }

  private static void add(final float[] some, final int count, final float[] sum) {
    for (int i = 0; i < count; i++) sum[i] += some[i];
  }
}
