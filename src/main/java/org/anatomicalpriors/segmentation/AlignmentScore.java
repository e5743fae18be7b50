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
 * L_exact with the atlas's probabilities, over the voxels of a coarse grid of the image. Immutable.
 */
final class AlignmentScore {

  /** Least half distance of central differences, in voxels of the prior. */
  private static final double LEAST_REACH = 0.5;

  /** With fewer voxels, starting a thread costs more than it saves. */
  private static final int VOXELS_A_THREAD = 4096;

  private final ProbabilityField groups;
  private final Grid prior;
  private final Grid grid;
  private final ImageVector image;
  private final double[] reach;
  private final int threads;
  private final IntensityModel model;

  /**
   * @param groups probabilities of the intensity groups on the prior's grid
   * @param grid coarse grid in the image's world
   * @param image the image on it
   * @see #from for the intensities, without which there is no score
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
    model = null;
    reach = new double[3];
    // Of coarse voxels, slopes are looked at from afar: fine ones would lead to the next bump.
    final double between = Math.cbrt(grid.voxelVolume());
    for (int d = 0; d < 3; d++)
      reach[d] = Math.max(LEAST_REACH, 0.5 * between / prior.spacing()[d]);
  }

  private AlignmentScore(
      final AlignmentScore other, final IntensityModel model, final int threads) {
    groups = other.groups;
    prior = other.prior;
    grid = other.grid;
    image = other.image;
    reach = other.reach;
    this.threads = threads;
    this.model = model;
  }

  Grid grid() {
    return grid;
  }

  ImageVector image() {
    return image;
  }

  /** The same with the intensities from which {@link #of} and {@link #slope} start. */
  AlignmentScore from(final IntensityModel start) {
    return new AlignmentScore(this, start, threads);
  }

  /** The same for each of several that are computed at once, which share the threads. */
  AlignmentScore sharedBy(final int several) {
    return new AlignmentScore(this, model, Math.max(1, threads / several));
  }

  /**
   * Mean log-likelihood of a voxel, in nats, with intensities that followed the map by one update:
   * under fixed ones a map that fits badly explains the image best the way it is.
   */
  double of(final Affine toCommon) {
    final GroupProbabilities p = at(toCommon);
    return p.logLikelihood(image, p.updated(image, model)) / Math.max(1, image.counted());
  }

  /**
   * How the score changes with a map, the intensities being those that {@link #of} ends with.
   *
   * @param slope an empty one, which stays so
   * @return the same with the mean over the voxels
   */
  AlignmentSlope slope(final Affine toCommon, final AlignmentSlope slope) {
    final IntensityModel followed = at(toCommon).updated(image, model);
    final AlignmentSlope[] slices = new AlignmentSlope[grid.size(2)];
    final Affine m = toPriorVoxel(toCommon);
    Parallel.forEach(
        slices.length,
        threads,
        Progress.NONE,
        z -> {
          slices[z] = slope.fresh();
          final RowDensities densities = new RowDensities(image, followed, grid.size(0));
          final float[] p = new float[groups.channels()];
          final double[] at = new double[3], force = new double[3];
          for (int y = 0; y < grid.size(1); y++)
            for (int x = 0; x < grid.size(0); x++) {
              final float[] d = densities.of((z * grid.size(1) + y) * grid.size(0) + x);
              if (d == null) continue;
              m.apply(new double[] {x, y, z}, at);
              force(at, d, p, force);
              slices[z].add(x, y, z, force);
            }
        });
    final AlignmentSlope mean = slope.fresh();
    for (final AlignmentSlope slice : slices) mean.add(slice, 1.0 / Math.max(1, image.counted()));
    return mean;
  }

  /** Central differences of the log-density at a place among the prior's voxels. */
  private void force(
      final double[] at, final float[] densities, final float[] p, final double[] out) {
    final double total = density(at, densities, p);
    for (int r = 0; r < 3; r++) {
      final double here = at[r];
      at[r] = here + reach[r];
      out[r] = density(at, densities, p);
      at[r] = here - reach[r];
      out[r] = (out[r] - density(at, densities, p)) / (2 * reach[r] * total);
      at[r] = here;
    }
  }

  private double density(final double[] at, final float[] densities, final float[] p) {
    return groups.expected(at[0], at[1], at[2], densities, 0, p);
  }

  /** From the image's voxels to the prior's. */
  Affine toPriorVoxel(final Affine toCommon) {
    return prior.toWorld().inverse().after(toCommon).after(grid.toWorld());
  }

  /** Group probabilities at the image's voxels under a map. */
  GroupProbabilities at(final Affine toCommon) {
    final Affine m = toPriorVoxel(toCommon);
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
