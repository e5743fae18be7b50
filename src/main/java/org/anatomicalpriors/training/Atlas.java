package org.anatomicalpriors.training;

import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Grid;

/**
 * The voxel-wise atlas: how often each label lies at each voxel of the prior's grid, smoothed. It
 * is the baseline that a prior has to beat, and what its decoder starts from.
 */
final class Atlas {

  /** Share given to all labels alike, so that none is impossible anywhere. */
  private static final double FLOOR = 2e-4;

  /** Logarithms are rounded to this, which costs nothing and lets model files compress. */
  private static final float RESOLUTION = 1f / 32;

  /** Voxels between two questions whether to go on. */
  private static final int CHECK_EVERY = 1 << 16;

  /** The kernel ends at so many standard deviations. */
  private static final double REACH = 3;

  private final Grid grid;
  private final int labels;
  private final int[] mirror;
  private final float[] counts;

  /**
   * The atlas of no map.
   *
   * @param labels number of labels
   * @param mirror index of each label on the other side, or null to leave mirror images out
   */
  Atlas(final Grid grid, final int labels, final int[] mirror) {
    this.grid = grid;
    this.labels = labels;
    this.mirror = mirror;
    counts = new float[grid.voxelCount() * labels];
  }

  /**
   * Counts a map in.
   *
   * @param map label indices on the grid; 255 counts for no label
   */
  void add(final byte[] map) {
    final int nx = grid.size(0);
    for (int v = 0; v < map.length; v++) {
      final int l = map[v] & 0xff;
      if (l >= labels) continue;
      counts[v * labels + l]++;
      if (mirror != null) counts[(v - v % nx + nx - 1 - v % nx) * labels + mirror[l]]++;
    }
  }

  /**
   * Log-probabilities (V, L) by rows, of the maps that were counted. No map can be added after.
   *
   * @param smoothing standard deviation in voxels
   */
  float[] logProbabilities(final double smoothing, final Progress progress) {
    float[] p = counts;
    for (int axis = 0, stride = 1; axis < 3; stride *= grid.size(axis++))
      if (grid.size(axis) > 1 && smoothing > 0)
        p = smooth(p, labels, stride, grid.size(axis), smoothing, progress);
    for (int v = 0; v < p.length; v += labels) {
      double sum = 0;
      for (int l = 0; l < labels; l++) sum += p[v + l];
      for (int l = 0; l < labels; l++) {
        // Where no map says anything, background.
        final double share = sum > 0 ? p[v + l] / sum : l == 0 ? 1 : 0;
        final double log = Math.log(share * (1 - FLOOR) + FLOOR / labels);
        p[v + l] = Math.round(log / RESOLUTION) * RESOLUTION;
      }
    }
    return p;
  }

  /** Gaussian along one axis; the border voxel goes on outside. */
  private static float[] smooth(
      final float[] p,
      final int labels,
      final int stride,
      final int n,
      final double deviation,
      final Progress progress) {
    final int reach = (int) Math.ceil(REACH * deviation);
    final float[] kernel = new float[reach + 1];
    double total = 0;
    for (int i = -reach; i <= reach; i++) total += Math.exp(-0.5 * i * i / (deviation * deviation));
    for (int i = 0; i <= reach; i++)
      kernel[i] = (float) (Math.exp(-0.5 * i * i / (deviation * deviation)) / total);
    final float[] out = new float[p.length];
    final int voxels = p.length / labels;
    for (int v = 0; v < voxels; v++) {
      if (v % CHECK_EVERY == 0) progress.checkCancelled();
      final int at = v / stride % n;
      for (int i = -reach; i <= reach; i++) {
        final int from = (v + (Math.max(0, Math.min(n - 1, at + i)) - at) * stride) * labels;
        final float k = kernel[Math.abs(i)];
        for (int l = 0; l < labels; l++) out[v * labels + l] += k * p[from + l];
      }
    }
    return out;
  }
}
