package org.anatomicalpriors.segmentation;

import org.anatomicalpriors.model.GroupProbabilities;
import org.anatomicalpriors.model.ImageVector;
import org.anatomicalpriors.model.IntensityModel;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.Parallel;

/**
 * How well an image fits the voxel-wise atlas under an affine map: log p(x | f), the data term of
 * L_exact with the atlas's probabilities, over the voxels of a coarse grid of the image.
 */
final class AlignmentScore {

  /** Keeps the score of a voxel that nothing explains finite. */
  private static final double TINY = 1e-12;

  private final ProbabilityField groups;
  private final Grid prior;
  private final Grid grid;
  private final ImageVector image;
  private final int threads;
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
    this.threads = threads;
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

  /** Fixes the intensities under which {@link #of} scores. */
  void use(final IntensityModel model) {
    final int k = groups.channels();
    densities = new float[grid.voxelCount() * k];
    for (int v = 0; v < grid.voxelCount(); v++) {
      if (image.mask()[v] == 0) continue;
      for (int c = 0; c < model.components(); c++)
        densities[v * k + model.group(c)] +=
            (float) (model.weight(c) * Math.exp(model.logDensity(c, image.values()[v])));
    }
  }

  /** Mean log-likelihood of a voxel, in nats. */
  double of(final Affine toCommon) {
    final int k = groups.channels();
    final double[] sums = new double[grid.size(2)];
    final int slice = grid.size(0) * grid.size(1);
    forEach(
        toCommon,
        (voxel, g) -> {
          if (image.mask()[voxel] == 0) return;
          double p = TINY;
          for (int i = 0; i < k; i++) p += g[i] * densities[voxel * k + i];
          sums[voxel / slice] += Math.log(p);
        });
    double total = 0;
    for (final double s : sums) total += s;
    return total / Math.max(1, image.counted());
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
