package org.anatomicalpriors.model;

import java.util.Arrays;

/**
 * Densities of many voxels at once. Numbers of the voxels lie side by side, so that Java's compiler
 * makes vector instructions of the loops over them, which one voxel after the other does not give.
 * For one thread.
 */
public final class DensityBlock {

  /** Most voxels of a block. */
  public static final int SIZE = 64;

  /** The exponential of what is too little to be told from it. */
  private static final float NOTHING = 4e-11f;

  private final IntensityModel model;
  private final int[] held = new int[SIZE];
  private final float[] values = new float[SIZE];
  private final float[] mean; // of one channel, as are the next two
  private final float[] halfPrecision;
  private final float[] logPeak;
  private final float[] components;
  private final float[] groups;

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
    components = new float[n * SIZE];
    groups = new float[model.groups() * SIZE];
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
    if (model.channels() > 1) {
      for (int c = 0; c < model.components(); c++)
        for (int i = 0; i < count; i++)
          components[c * SIZE + i] = (float) model.density(c, x, voxels[i]);
      return;
    }
    final float[] all = x.values();
    for (int i = 0; i < count; i++) values[i] = all[voxels[i]];
    for (int c = 0; c < model.components(); c++) {
      final float centre = mean[c], half = halfPrecision[c], peak = logPeak[c];
      final int at = c * SIZE;
      for (int i = 0; i < SIZE; i++) {
        final float d = values[i] - centre;
        components[at + i] = peak - half * d * d;
      }
    }
    Exponentials.of(components, components.length);
    for (int i = 0; i < components.length; i++)
      components[i] = Math.max(0, components[i] - NOTHING);
  }

  /** Intensities of the voxels, if there is one channel. */
  float[] values() {
    return values;
  }

  /**
   * Density in every component times the component's weight, (C, {@link #SIZE}), 0 where it is
   * nothing beside the outliers; may be written over.
   */
  float[] components() {
    return components;
  }

  /**
   * Density in every group, outliers included: (G, {@link #SIZE}).
   *
   * @return an array that the next call writes over
   */
  public float[] groups() {
    Arrays.fill(groups, (float) IntensityModel.OUTLIERS);
    for (int c = 0; c < model.components(); c++) {
      final int from = c * SIZE, to = model.group(c) * SIZE;
      for (int i = 0; i < SIZE; i++) groups[to + i] += components[from + i];
    }
    return groups;
  }
}
