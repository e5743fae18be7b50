package org.anatomicalpriors.space;

/**
 * Smooth fields on a grid of samples: tensor products of uniform cubic B-splines. Coefficients and
 * samples are in x-fastest order.
 */
public final class SplineLattice {

  private final SplineAxis x;
  private final SplineAxis y;
  private final SplineAxis z;

  /**
   * @param size voxels along x, y, z
   * @param step voxels from one sample to the next along x, y, z; the first is voxel 0
   * @param spacing distance of the knots along x, y, z, in voxels
   */
  public SplineLattice(final int[] size, final int[] step, final double[] spacing) {
    x = new SplineAxis(size[0], step[0], spacing[0]);
    y = new SplineAxis(size[1], step[1], spacing[1]);
    z = new SplineAxis(size[2], step[2], spacing[2]);
  }

  /** Number of coefficients. */
  public int count() {
    return x.knots * y.knots * z.knots;
  }

  /** The field at every sample. */
  public float[] evaluate(final double[] coefficients) {
    final float[] c = new float[coefficients.length];
    for (int i = 0; i < c.length; i++) c[i] = (float) coefficients[i];
    // Along z last, where there is most to do and whole planes are added up.
    return z.evaluate(
        y.evaluate(x.evaluate(c, z.knots * y.knots, 1), z.knots, x.samples),
        1,
        y.samples * x.samples);
  }

  /** The adjoint of {@link #evaluate}: the sum over samples of a field times each spline. */
  public double[] project(final float[] field) {
    final float[] c =
        x.project(
            y.project(z.project(field, 1, y.samples * x.samples), z.knots, x.samples),
            z.knots * y.knots,
            1);
    final double[] out = new double[c.length];
    for (int i = 0; i < c.length; i++) out[i] = c[i];
    return out;
  }

  /**
   * Adds {@code factor} times the gradient of half the bending energy, the sum over samples of all
   * squared second derivatives with respect to voxel coordinates, by differences of the
   * coefficients (Eilers and Marx 1996, Statistical Science 11(2), section 3). Fields that are
   * affine have none.
   */
  public void addBending(final double[] coefficients, final double factor, final double[] out) {
    final SplineAxis[] axes = {x, y, z};
    double cell = factor;
    for (final SplineAxis a : axes) if (a.samples > 1) cell *= a.spacing / a.step;
    for (int a = 0; a < 3; a++)
      for (int b = a; b < 3; b++) {
        if (axes[a].samples == 1 || axes[b].samples == 1) continue;
        final double scale = axes[a].spacing * axes[b].spacing;
        addSquaredDifference(coefficients, a, b, (a == b ? 1 : 2) * cell / (scale * scale), out);
      }
  }

  /** Adds factor D^T D c, with D the differences along axes a and b. */
  private void addSquaredDifference(
      final double[] c, final int a, final int b, final double factor, final double[] out) {
    final int[] size = {x.knots, y.knots, z.knots};
    final int[] stride = {1, x.knots, x.knots * y.knots};
    final int[] margin = new int[3];
    margin[a]++;
    margin[b]++;
    final int da = stride[a], db = stride[b];
    for (int k = 0; k < size[2] - margin[2]; k++)
      for (int j = 0; j < size[1] - margin[1]; j++)
        for (int i = 0; i < size[0] - margin[0]; i++) {
          final int o = (k * size[1] + j) * size[0] + i;
          final double d = factor * (c[o] - c[o + da] - c[o + db] + c[o + da + db]);
          out[o] += d;
          out[o + da] -= d;
          out[o + db] -= d;
          out[o + da + db] += d;
        }
  }
}
