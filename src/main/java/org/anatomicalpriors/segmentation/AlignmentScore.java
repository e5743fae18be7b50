package org.anatomicalpriors.segmentation;

import org.anatomicalpriors.model.GroupProbabilities;
import org.anatomicalpriors.model.ImageVector;
import org.anatomicalpriors.model.IntensityModel;
import org.anatomicalpriors.model.PowerSums;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.Parallel;

/**
 * How well an image fits the voxel-wise atlas under an affine map: log p(x | f), the data term of
 * L_exact with the atlas's probabilities, over the voxels of a coarse grid of the image.
 */
final class AlignmentScore {

  /** With fewer voxels, starting a thread costs more than it saves. */
  private static final int VOXELS_A_THREAD = 4096;

  private final ProbabilityField groups;
  private final Grid prior;
  private final Grid grid;
  private final ImageVector image;
  private final int threads;
  private IntensityModel model;
  private float[] densities;

  /**
   * @param groups probabilities of the intensity groups on the prior's grid
   * @param grid coarse grid in the image's world
   * @param image the image on it
   */
  AlignmentScore(
      final ProbabilityField groups,
      final Grid prior,
      final Grid grid,
      final ImageVector image,
      final int threads) {
    this.groups = groups;
    this.prior = prior;
    this.grid = grid;
    this.image = image;
    this.threads = Math.max(1, Math.min(threads, grid.voxelCount() / VOXELS_A_THREAD));
  }

  Grid grid() {
    return grid;
  }

  ImageVector image() {
    return image;
  }

  /** Group probabilities at the image's voxels under a map. */
  GroupProbabilities at(final Affine toCommon) {
    final int k = groups.channels();
    final float[] p = new float[grid.voxelCount() * k];
    forEach(toCommon, (voxel, g) -> System.arraycopy(g, 0, p, voxel * k, k));
    return GroupProbabilities.ofGroups(p, k);
  }

  /** Sets the intensities from which {@link #of} starts. */
  void use(final IntensityModel start) {
    model = start;
    densities = densities(start);
  }

  private float[] densities(final IntensityModel m) {
    final int n = m.components();
    final float[] d = new float[grid.voxelCount() * n];
    Parallel.forEach(
        grid.size(2),
        threads,
        Progress.NONE,
        z -> {
          final int slice = grid.size(0) * grid.size(1);
          for (int v = z * slice; v < (z + 1) * slice; v++)
            if (image.mask()[v] > 0)
              for (int c = 0; c < n; c++) d[v * n + c] = (float) m.density(c, image, v);
        });
    return d;
  }

  /**
   * Mean log-likelihood of a voxel, in nats, with intensities that followed the map by one update:
   * under fixed ones a map that fits badly explains the image best the way it is.
   */
  double of(final Affine toCommon) {
    final int k = groups.channels(), n = model.components();
    final float[] p = new float[grid.voxelCount() * k];
    final int slice = grid.size(0) * grid.size(1);
    final int powers = PowerSums.count(image.channels());
    final double[][] statistics = new double[grid.size(2)][n * powers];
    final double[][] shares = new double[grid.size(2)][n];
    final double[][] products = new double[grid.size(2)][powers];
    forEach(
        toCommon,
        (voxel, g) -> {
          System.arraycopy(g, 0, p, voxel * k, k);
          if (image.mask()[voxel] == 0) return;
          final int z = voxel / slice;
          share(voxel, g, shares[z]);
          model.collect(image, voxel, shares[z], products[z], statistics[z]);
        });
    final double[] total = new double[statistics[0].length];
    for (final double[] s : statistics) for (int i = 0; i < total.length; i++) total[i] += s[i];
    return likelihood(p, model.updated(total)) / Math.max(1, image.counted());
  }

  /** Posterior of every component in a voxel. */
  private void share(final int voxel, final float[] g, final double[] shares) {
    final int n = model.components();
    double total = IntensityModel.OUTLIERS;
    for (int c = 0; c < n; c++) {
      shares[c] = g[model.group(c)] * densities[voxel * n + c];
      total += shares[c];
    }
    for (int c = 0; c < n; c++) shares[c] /= total;
  }

  private double likelihood(final float[] p, final IntensityModel m) {
    final int k = groups.channels(), n = m.components();
    final int slice = grid.size(0) * grid.size(1);
    final float[] d = densities(m);
    final double[] sums = new double[grid.size(2)];
    for (int v = 0; v < grid.voxelCount(); v++) {
      if (image.mask()[v] == 0) continue;
      double sum = IntensityModel.OUTLIERS;
      for (int c = 0; c < n; c++) sum += p[v * k + m.group(c)] * d[v * n + c];
      sums[v / slice] += Math.log(sum);
    }
    double total = 0;
    for (final double s : sums) total += s;
    return total;
  }

  private interface Visitor {
    void visit(int voxel, float[] groupProbabilities);
  }

  private void forEach(final Affine toCommon, final Visitor visitor) {
    final Affine m = prior.toWorld().inverse().after(toCommon).after(grid.toWorld());
    final int nx = grid.size(0), ny = grid.size(1);
    Parallel.forEach(
        grid.size(2),
        threads,
        Progress.NONE,
        z -> {
          final float[] g = new float[groups.channels()];
          for (int y = 0; y < ny; y++)
            for (int x = 0; x < nx; x++) {
              final boolean inside =
                  groups.at(
                      m.get(0, 0) * x + m.get(0, 1) * y + m.get(0, 2) * z + m.get(0, 3),
                      m.get(1, 0) * x + m.get(1, 1) * y + m.get(1, 2) * z + m.get(1, 3),
                      m.get(2, 0) * x + m.get(2, 1) * y + m.get(2, 2) * z + m.get(2, 3),
                      g);
              if (!inside) {
                java.util.Arrays.fill(g, 0);
                g[0] = 1;
              }
              visitor.visit((z * ny + y) * nx + x, g);
            }
        });
  }
}
