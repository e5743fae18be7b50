package org.anatomicalpriors.synthetic;

/**
 * A smooth random function of space: a uniform cubic B-spline over a lattice of normal numbers.
 * Several components share the lattice.
 */
final class SmoothField {

  /** Average over a cell of the root of the summed squared weights of a 3D cubic B-spline. */
  private static final double WEIGHT_NORM = 0.33;

  private final double spacing;
  private final double[] origin = new double[3];
  private final int[] size = new int[3];
  private final int components;
  private final double[] coefficients;

  /**
   * @param halfWidth the field covers -halfWidth to halfWidth along each axis
   * @param spacing distance between lattice points, in the unit of the half widths
   * @param components number of components
   * @param sd standard deviation of each component's values
   */
  SmoothField(
      final double[] halfWidth,
      final double spacing,
      final int components,
      final double sd,
      final GaussianRandom random) {
    this.spacing = spacing;
    this.components = components;
    for (int d = 0; d < 3; d++) {
      final int cells = 2 * (int) Math.ceil(halfWidth[d] / spacing);
      size[d] = cells + 3;
      origin[d] = -(cells / 2 + 1) * spacing;
    }
    coefficients = new double[size[0] * size[1] * size[2] * components];
    for (int i = 0; i < coefficients.length; i++)
      coefficients[i] = random.next() * sd / WEIGHT_NORM;
  }

  /** Writes the field's components at a point into {@code out}. */
  void evaluate(final double x, final double y, final double z, final double[] out) {
    final double u = (x - origin[0]) / spacing;
    final double v = (y - origin[1]) / spacing;
    final double w = (z - origin[2]) / spacing;
    final int i = cell(u, 0), j = cell(v, 1), k = cell(w, 2);
    final double[] along = weights(u - i), across = weights(v - j), up = weights(w - k);
    for (int c = 0; c < components; c++) out[c] = 0;
    for (int dz = 0; dz < 4; dz++)
      for (int dy = 0; dy < 4; dy++) {
        final double wyz = up[dz] * across[dy];
        int at = components * (i - 1 + size[0] * (j - 1 + dy + size[1] * (k - 1 + dz)));
        for (int dx = 0; dx < 4; dx++) {
          final double weight = wyz * along[dx];
          for (int c = 0; c < components; c++) out[c] += weight * coefficients[at++];
        }
      }
  }

  private int cell(final double u, final int axis) {
    return Math.max(1, Math.min(size[axis] - 3, (int) Math.floor(u)));
  }

  /** The four basis functions that are not zero in a cell; t runs from 0 to 1 across the cell. */
  private static double[] weights(final double t) {
    return new double[] {
      (1 - t) * (1 - t) * (1 - t) / 6,
      (3 * t * t * t - 6 * t * t + 4) / 6,
      (-3 * t * t * t + 3 * t * t + 3 * t + 1) / 6,
      t * t * t / 6
    };
  }
}
