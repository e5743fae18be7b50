package org.anatomicalpriors.space;

/**
 * Trilinear interpolation in an array (x fastest) whose non-finite values are missing. Beyond the
 * centres of the border voxels, up to their outer faces, the border value holds.
 */
final class Trilinear {

  /** Weight of the missing neighbours above which a place counts as outside. */
  private static final double MAX_MISSING = 0.5;

  private final float[] values;
  private final int nx;
  private final int ny;
  private final int nz;

  Trilinear(final float[] values, final int[] size) {
    this.values = values;
    this.nx = size[0];
    this.ny = size[1];
    this.nz = size[2];
  }

  /** The value at a place in voxels, NaN outside. */
  double at(final double x, final double y, final double z) {
    if (!(x >= -0.5 && y >= -0.5 && z >= -0.5 && x < nx - 0.5 && y < ny - 0.5 && z < nz - 0.5))
      return Double.NaN;
    final int x0 = clamp((int) Math.floor(x), nx), x1 = Math.min(x0 + 1, nx - 1);
    final int y0 = clamp((int) Math.floor(y), ny), y1 = Math.min(y0 + 1, ny - 1);
    final int z0 = clamp((int) Math.floor(z), nz), z1 = Math.min(z0 + 1, nz - 1);
    final double fx = Math.max(0, x - x0), fy = Math.max(0, y - y0), fz = Math.max(0, z - z0);
    final int a = (z0 * ny + y0) * nx, b = (z0 * ny + y1) * nx;
    final int c = (z1 * ny + y0) * nx, d = (z1 * ny + y1) * nx;
    final double v00 = mix(values[a + x0], values[a + x1], fx);
    final double v10 = mix(values[b + x0], values[b + x1], fx);
    final double v01 = mix(values[c + x0], values[c + x1], fx);
    final double v11 = mix(values[d + x0], values[d + x1], fx);
    final double value = mix(mix(v00, v10, fy), mix(v01, v11, fy), fz);
    if (value - value == 0) return value;
    final int[] rows = {a, b, c, d};
    final double[] weights = {(1 - fy) * (1 - fz), fy * (1 - fz), (1 - fy) * fz, fy * fz};
    double sum = 0, present = 0;
    for (int r = 0; r < 4; r++)
      for (int side = 0; side < 2; side++) {
        final float v = values[rows[r] + (side == 0 ? x0 : x1)];
        if (v - v != 0) continue;
        final double weight = weights[r] * (side == 0 ? 1 - fx : fx);
        sum += weight * v;
        present += weight;
      }
    return present >= 1 - MAX_MISSING ? sum / present : Double.NaN;
  }

  private static double mix(final double a, final double b, final double f) {
    return a + f * (b - a);
  }

  private static int clamp(final int i, final int n) {
    return Math.max(0, Math.min(i, n - 1));
  }
}
