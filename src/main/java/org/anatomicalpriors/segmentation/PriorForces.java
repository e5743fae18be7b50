package org.anatomicalpriors.segmentation;

import java.util.Arrays;
import org.anatomicalpriors.model.DensityBlock;
import org.anatomicalpriors.model.ImageVector;
import org.anatomicalpriors.model.IntensityModel;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Parallel;

/**
 * What an image says about where the prior's voxels belong: log p(x | f moved by u), the data term
 * of L_exact, and its derivative with respect to the displacement u of each sample.
 */
final class PriorForces {

  /**
   * Power of the densities: neighbouring voxels are not independent, so that what they say together
   * is less than the sum.
   */
  private static final double POWER = 0.5;

  private static final int CHUNK = 1 << 12;

  /** Half the distance of central differences, in voxels. */
  private static final double H = 0.5;

  private final ProbabilityField groups;
  private final FitGrid grid;
  private final ImageVector image;
  private final int threads;
  private final Progress progress;
  private float[] densities;

  /**
   * @param groups group probabilities on the prior's grid
   * @param grid samples of that grid
   * @param image on the prior's grid
   */
  PriorForces(
      final ProbabilityField groups,
      final FitGrid grid,
      final ImageVector image,
      final int threads,
      final Progress progress) {
    this.groups = groups;
    this.grid = grid;
    this.image = image;
    this.threads = threads;
    this.progress = progress;
  }

  /** Sets the intensities that hold from now on. */
  void use(final IntensityModel model) {
    final int k = groups.channels();
    densities = new float[grid.count() * k];
    chunks(
        (from, to) -> {
          final DensityBlock block = new DensityBlock(model);
          final int[] voxels = new int[DensityBlock.SIZE], samples = new int[DensityBlock.SIZE];
          for (int first = from; first < to; first += voxels.length) {
            int count = 0;
            for (int i = first; i < Math.min(to, first + voxels.length); i++) {
              final int v = grid.voxel(i);
              if (image.mask()[v] == 0) continue;
              samples[count] = i;
              voxels[count++] = v;
            }
            block.of(image, voxels, count);
            final float[][] density = block.groups();
            for (int j = 0; j < count; j++)
              for (int g = 0; g < k; g++)
                densities[samples[j] * k + g] = (float) Math.pow(density[g][j], POWER);
          }
        });
  }

  /**
   * Evaluates at displacements.
   *
   * @param u displacements of the samples along x, y, z, in voxels: (3, N)
   * @param forces receives the derivatives of the log-likelihood, (3, N); null if not needed
   * @return log-likelihood of the samples, in nats
   */
  double at(final float[][] u, final float[][] forces) {
    final int k = groups.channels(), n = grid.count();
    final boolean flat = grid.samples()[2] == 1;
    final double[] sums = new double[(n + CHUNK - 1) / CHUNK];
    if (forces != null) for (final float[] f : forces) Arrays.fill(f, 0);
    chunks(
        (from, to) -> {
          final float[] p = new float[k];
          double sum = 0;
          for (int i = from; i < to; i++) {
            if (image.mask()[grid.voxel(i)] == 0) continue;
            final double x = grid.coordinate(i, 0) + u[0][i];
            final double y = grid.coordinate(i, 1) + u[1][i];
            final double z = grid.coordinate(i, 2) + u[2][i];
            final double total = density(i, x, y, z, p);
            sum += Math.log(total);
            if (forces == null) continue;
            // Central differences: at voxels' centres interpolation has no derivative.
            forces[0][i] =
                (float) ((density(i, x + H, y, z, p) - density(i, x - H, y, z, p)) / total);
            forces[1][i] =
                (float) ((density(i, x, y + H, z, p) - density(i, x, y - H, z, p)) / total);
            if (flat) continue;
            forces[2][i] =
                (float) ((density(i, x, y, z + H, p) - density(i, x, y, z - H, p)) / total);
          }
          sums[from / CHUNK] = sum;
        });
    return Arrays.stream(sums).sum();
  }

  /** Density of a sample's intensity if it belongs to a place of the prior, in voxels. */
  private double density(
      final int sample, final double x, final double y, final double z, final float[] p) {
    return groups.expected(x, y, z, densities, sample * p.length, p);
  }

  private interface Range {
    void of(int from, int to);
  }

  private void chunks(final Range range) {
    final int n = grid.count();
    Parallel.forEach(
        (n + CHUNK - 1) / CHUNK,
        threads,
        progress,
        chunk -> range.of(chunk * CHUNK, Math.min(n, (chunk + 1) * CHUNK)));
  }
}
