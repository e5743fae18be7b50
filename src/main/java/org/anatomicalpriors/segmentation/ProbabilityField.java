package org.anatomicalpriors.segmentation;

/**
 * A vector of K numbers per voxel of a prior's grid, interpolated trilinearly. Immutable by
 * convention.
 */
final class ProbabilityField {

  private final float[] rows;
  private final int k;
  private final int nx;
  private final int ny;
  private final int nz;

  /**
   * @param rows (V, K), voxels in x-fastest order
   * @param size of the grid
   */
  ProbabilityField(final float[] rows, final int k, final int[] size) {
    this.rows = rows;
    this.k = k;
    nx = size[0];
    ny = size[1];
    nz = size[2];
  }

  int channels() {
    return k;
  }

  /**
   * Interpolates at a place in voxels.
   *
   * @return false if it is outside the grid; then {@code out} is as before
   */
  boolean at(final double x, final double y, final double z, final float[] out) {
    if (!(x > -0.5 && y > -0.5 && z > -0.5 && x < nx - 0.5 && y < ny - 0.5 && z < nz - 0.5))
      return false;
    final int x0 = lower(x, nx), y0 = lower(y, ny), z0 = lower(z, nz);
    final float fx = fraction(x, x0, nx), fy = fraction(y, y0, ny), fz = fraction(z, z0, nz);
    final int dx = x0 + 1 < nx ? k : 0;
    final int dy = y0 + 1 < ny ? nx * k : 0;
    final int dz = z0 + 1 < nz ? nx * ny * k : 0;
    final int o = ((z0 * ny + y0) * nx + x0) * k;
    final float[] r = rows;
    final float w000 = (1 - fx) * (1 - fy) * (1 - fz), w100 = fx * (1 - fy) * (1 - fz);
    final float w010 = (1 - fx) * fy * (1 - fz), w110 = fx * fy * (1 - fz);
    final float w001 = (1 - fx) * (1 - fy) * fz, w101 = fx * (1 - fy) * fz;
    final float w011 = (1 - fx) * fy * fz, w111 = fx * fy * fz;
    for (int i = 0; i < k; i++) {
      final int p = o + i, q = p + dz;
      out[i] =
          w000 * r[p]
              + w100 * r[p + dx]
              + w010 * r[p + dy]
              + w110 * r[p + dx + dy]
              + w001 * r[q]
              + w101 * r[q + dx]
              + w011 * r[q + dy]
              + w111 * r[q + dx + dy];
    }
    return true;
  }

  /**
   * Sum of the numbers at a place in voxels, each times a value. Numbers are probabilities, of
   * which the first is the background's: outside the grid it is 1.
   *
   * @param values of which K are taken, from {@code from} on
   * @param p is written to, (K)
   */
  double expected(
      final double x,
      final double y,
      final double z,
      final float[] values,
      final int from,
      final float[] p) {
    if (!at(x, y, z, p)) return values[from];
    double sum = 0;
    for (int i = 0; i < k; i++) sum += p[i] * values[from + i];
    return sum;
  }

  private static int lower(final double x, final int n) {
    return Math.max(0, Math.min((int) Math.floor(x), n - 1));
  }

  private static float fraction(final double x, final int lower, final int n) {
    return lower + 1 >= n ? 0 : (float) Math.max(0, x - lower);
  }
}
