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

  /** With fewer voxels, starting a thread costs more than it saves. */
  private static final int VOXELS_A_THREAD = 4096;

  private final ProbabilityField groups;
  private final Grid prior;
  private final Grid grid;
  private final ImageVector image;
  private final int threads;
  private IntensityModel model;

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

  /** Sets the intensities from which {@link #of} starts. */
  void use(final IntensityModel start) {
    model = start;
  }

  /**
   * Mean log-likelihood of a voxel, in nats, with intensities that followed the map by one update:
   * under fixed ones a map that fits badly explains the image best the way it is.
   */
  double of(final Affine toCommon) {
    final GroupProbabilities p = at(toCommon);
    return p.logLikelihood(image, p.updated(image, model)) / Math.max(1, image.counted());
  }

  /** Group probabilities at the image's voxels under a map. */
  GroupProbabilities at(final Affine toCommon) {
    final Affine m = prior.toWorld().inverse().after(toCommon).after(grid.toWorld());
    final int k = groups.channels(), nx = grid.size(0), ny = grid.size(1);
    final float[] p = new float[grid.voxelCount() * k];
    Parallel.forEach(
        grid.size(2),
        threads,
        Progress.NONE,
        z -> {
          final float[] g = new float[k];
          for (int y = 0; y < ny; y++)
            for (int x = 0; x < nx; x++) {
              final int voxel = (z * ny + y) * nx + x;
              if (image.mask()[voxel] == 0) continue;
              final boolean inside =
                  groups.at(
                      m.get(0, 0) * x + m.get(0, 1) * y + m.get(0, 2) * z + m.get(0, 3),
                      m.get(1, 0) * x + m.get(1, 1) * y + m.get(1, 2) * z + m.get(1, 3),
                      m.get(2, 0) * x + m.get(2, 1) * y + m.get(2, 2) * z + m.get(2, 3),
                      g);
              if (inside) System.arraycopy(g, 0, p, voxel * k, k);
              else p[voxel * k] = 1;
            }
        });
    return GroupProbabilities.ofGroups(p, k);
  }
}
