package org.anatomicalpriors.training;

import java.util.Arrays;
import java.util.Random;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;

/**
 * A random smooth displacement u(x) of a grid's points, the sum of a finer and a coarser {@link
 * SplineField}, in world units. {@code x + u(x)} never folds: where its Jacobian determinant would
 * fall below a limit, the whole displacement is made smaller.
 */
final class Deformation {

  private static final double MIN_JACOBIAN = 0.2;
  private static final double SHRINK = 0.85;

  private final Grid grid;
  private final SplineField[] fields;

  private Deformation(final Grid grid, final SplineField[] fields) {
    this.grid = grid;
    this.fields = fields;
  }

  static Deformation random(
      final Grid grid,
      final AugmentationSettings settings,
      final double extent,
      final Random random) {
    final SplineField[] fields = {
      SplineField.random(
          grid, settings.deformation() * extent, settings.deformationSpacing() * extent, random),
      SplineField.random(
          grid, settings.coarseDeformation() * extent, settings.coarseSpacing() * extent, random)
    };
    final Deformation deformation = new Deformation(grid, fields);
    if (settings.deformation() == 0 && settings.coarseDeformation() == 0) return deformation;
    final double factor = deformation.unfoldingFactor();
    return factor == 1 ? deformation : deformation.mapped(Affine.scale(factor, factor, factor));
  }

  /** The displacements multiplied by the linear part of a map. */
  Deformation mapped(final Affine linear) {
    return new Deformation(
        grid, new SplineField[] {fields[0].mapped(linear), fields[1].mapped(linear)});
  }

  /** Reads displacements slice by slice, upwards; one per thread. */
  final class Slices {
    private final SplineField.Slices finer = fields[0].new Slices();
    private final SplineField.Slices coarser = fields[1].new Slices();

    /** Displacements of slice z, components interleaved, x fastest. */
    void read(final int z, final double[] slice) {
      Arrays.fill(slice, 0);
      finer.add(z, slice);
      coarser.add(z, slice);
    }
  }

  /** The factor, 1 or less, by which the displacement must shrink so that nothing folds. */
  private double unfoldingFactor() {
    // The finer spline is smooth between its control points: three places between two of them do.
    final double[] step = fields[0].step();
    final int[] n = new int[3];
    for (int d = 0; d < 3; d++)
      n[d] = 1 + (int) Math.ceil(Math.min(grid.size(d) - 1, (grid.size(d) - 1) / step[d] * 3));
    final Affine toVoxel = grid.toWorld().inverse();
    final double[][] gradients = new double[n[0] * n[1] * n[2]][];
    int i = 0;
    for (int z = 0; z < n[2]; z++)
      for (int y = 0; y < n[1]; y++)
        for (int x = 0; x < n[0]; x++) {
          final int[] voxel = {place(x, n[0], 0), place(y, n[1], 1), place(z, n[2], 2)};
          final double[][] g = new double[3][4];
          for (final SplineField field : fields) field.addGradient(voxel, g);
          final Affine perWorld = Affine.ofRows(g).after(toVoxel);
          final double[] flat = new double[9];
          for (int k = 0; k < 9; k++) flat[k] = perWorld.get(k / 3, k % 3);
          gradients[i++] = flat;
        }
    double factor = 1;
    for (final double[] g : gradients) while (jacobian(g, factor) < MIN_JACOBIAN) factor *= SHRINK;
    return factor;
  }

  private int place(final int i, final int n, final int axis) {
    return n == 1 ? 0 : (int) Math.round((double) i * (grid.size(axis) - 1) / (n - 1));
  }

  /** Determinant of I + factor G. */
  private static double jacobian(final double[] g, final double factor) {
    final double a = 1 + factor * g[0], b = factor * g[1], c = factor * g[2];
    final double d = factor * g[3], e = 1 + factor * g[4], f = factor * g[5];
    final double h = factor * g[6], i = factor * g[7], j = 1 + factor * g[8];
    return a * (e * j - f * i) - b * (d * j - f * h) + c * (d * i - e * h);
  }
}
