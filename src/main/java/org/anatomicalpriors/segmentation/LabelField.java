package org.anatomicalpriors.segmentation;

import org.anatomicalpriors.model.GroupProbabilities;
import org.anatomicalpriors.model.ImageVector;
import org.anatomicalpriors.model.IntensityModel;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.Parallel;

/**
 * The closed form on an image's own voxels: the prior's logits are interpolated to each voxel and
 * p(s_j = l | x, z) proportional to f[j,l](z) N(x_j; mu_l, sigma_l^2) is evaluated there. Outside
 * the prior's grid, and outside a mask, everything is background.
 */
final class LabelField {

  /** Smallest probability whose logarithm is interpolated. */
  private static final float TINY = 1e-6f;

  private final ProbabilityField logits;
  private final ProbabilityField displacement;
  private final Grid grid;
  private final Affine toPriorVoxel;
  private final ImageVector image;
  private final ImageMask mask;
  private final AnatomyRegion region;
  private final IntensityModel intensities;
  private final double temperature;
  private final int threads;

  /**
   * @param f label probabilities on the prior's grid, (V, L) by rows
   * @param grid the image's own grid
   * @param toCommon image world to the prior's world
   * @param warp of the prior's grid, or null
   * @param image the image's own voxels
   * @param mask outside of which everything is background, or null
   * @param region the same on the prior's grid, or null
   */
  LabelField(
      final float[] f,
      final Grid prior,
      final Grid grid,
      final Affine toCommon,
      final Warp warp,
      final ImageVector image,
      final ImageMask mask,
      final AnatomyRegion region,
      final int threads) {
    final float[] logs = new float[f.length];
    final int labels = f.length / prior.voxelCount();
    Parallel.forEach(
        prior.size(2),
        threads,
        Progress.NONE,
        z -> {
          final int n = prior.size(0) * prior.size(1) * labels;
          for (int i = z * n; i < (z + 1) * n; i++)
            logs[i] = (float) Math.log(Math.max(f[i], TINY));
        });
    logits = new ProbabilityField(logs, labels, prior.size());
    displacement = warp == null ? null : warp.field();
    this.grid = grid;
    toPriorVoxel = prior.toWorld().inverse().after(toCommon).after(grid.toWorld());
    this.image = image;
    this.mask = mask;
    this.region = region;
    this.threads = threads;
    intensities = null;
    temperature = 1;
  }

  /** Receives the posterior scores of one voxel. */
  interface Visitor {
    /**
     * @param voxel index in x-fastest order
     * @param scores unnormalised log-posterior of every label
     */
    void visit(int voxel, float[] scores);
  }

  int voxelCount() {
    return grid.voxelCount();
  }

  /** A reader of single voxels, for one thread. */
  Reader reader() {
    return new Reader();
  }

  /** Evaluates the closed form at single voxels. */
  final class Reader {
    private final float[] scores = new float[logits.channels()];
    private final RowDensities densities =
        intensities == null ? null : new RowDensities(image, intensities, grid.size(0));
    private final double sureness = 1 / temperature;
    private final float[] moved = new float[3];

    private Reader() {}

    /** Unnormalised log-posterior of every label, or null outside the prior's grid or the mask. */
    float[] at(final int x, final int y, final int z) {
      final int voxel = (z * grid.size(1) + y) * grid.size(0) + x;
      if (mask != null && !mask.contains(voxel)) return null;
      final Affine m = toPriorVoxel;
      final double px = m.get(0, 0) * x + m.get(0, 1) * y + m.get(0, 2) * z + m.get(0, 3);
      final double py = m.get(1, 0) * x + m.get(1, 1) * y + m.get(1, 2) * z + m.get(1, 3);
      final double pz = m.get(2, 0) * x + m.get(2, 1) * y + m.get(2, 2) * z + m.get(2, 3);
      if (region != null && !region.contains(px, py, pz)) return null;
      if (displacement != null && !displacement.at(px, py, pz, moved)) return null;
      if (!logits.at(px + moved[0], py + moved[1], pz + moved[2], scores)) return null;
      final float[] logs = densities == null ? null : densities.logs(voxel);
      if (logs != null)
        for (int l = 0; l < scores.length; l++)
          scores[l] = (float) ((scores[l] + logs[intensities.labelGroup(l)]) * sureness);
      return scores;
    }
  }

  /** Calls {@code visitor} for every voxel inside the prior's grid and mask, on several threads. */
  void forEach(final Visitor visitor, final Progress progress) {
    forEach(1, visitor, progress);
  }

  private void forEach(final int step, final Visitor visitor, final Progress progress) {
    final int nx = grid.size(0), ny = grid.size(1);
    Parallel.forEach(
        (grid.size(2) + step - 1) / step,
        threads,
        progress,
        slice -> {
          final int z = slice * step;
          final Reader reader = reader();
          for (int y = 0; y < ny; y += step)
            for (int x = 0; x < nx; x += step) {
              final float[] scores = reader.at(x, y, z);
              if (scores != null) visitor.visit((z * ny + y) * nx + x, scores);
            }
        });
  }

  /** The same field with another mask, other intensities and another temperature. */
  private LabelField(
      final LabelField other,
      final ImageMask mask,
      final IntensityModel intensities,
      final double temperature) {
    logits = other.logits;
    displacement = other.displacement;
    grid = other.grid;
    toPriorVoxel = other.toPriorVoxel;
    image = other.image;
    this.mask = mask;
    region = other.region;
    threads = other.threads;
    this.intensities = intensities;
    this.temperature = temperature;
  }

  /**
   * The same field with another mask.
   *
   * @param other null for none
   */
  LabelField within(final ImageMask other) {
    return new LabelField(this, other, intensities, temperature);
  }

  /**
   * The same field with intensities; without, the image's are ignored.
   *
   * @param other null for none
   * @param newTemperature T, by which the scores that the image has a part in are divided: above 1
   *     the posteriors are less sure, and the most probable labels are the same
   */
  LabelField with(final IntensityModel other, final double newTemperature) {
    return new LabelField(this, mask, other, newTemperature);
  }

  /**
   * The voxels and group probabilities from which intensities are estimated on the image's own
   * grid: every {@code step}-th voxel along each axis.
   */
  Sample sample(
      final int[] labelGroups, final int groups, final int step, final Progress progress) {
    final int sx = (grid.size(0) + step - 1) / step, sy = (grid.size(1) + step - 1) / step;
    final int sz = (grid.size(2) + step - 1) / step;
    final float[] p = new float[sx * sy * sz * groups];
    final int channels = image.channels();
    final float[][] x = new float[channels][sx * sy * sz];
    for (final float[] channel : x) java.util.Arrays.fill(channel, Float.NaN);
    with(null, 1)
        .forEach(
            step,
            (voxel, scores) -> {
              final int nx = grid.size(0), ny = grid.size(1);
              final int i =
                  ((voxel / nx / ny / step) * sy + voxel / nx % ny / step) * sx + voxel % nx / step;
              if (image.mask()[voxel] == 0) return;
              for (int c = 0; c < channels; c++)
                if (image.isKnown(voxel, c)) x[c][i] = image.values()[voxel * channels + c];
              double total = 0;
              for (int l = 0; l < scores.length; l++) {
                final float e = (float) Math.exp(scores[l]);
                p[i * groups + labelGroups[l]] += e;
                total += e;
              }
              for (int g = 0; g < groups; g++) p[i * groups + g] /= (float) total;
            },
            progress);
    final double[] scale = new double[channels];
    java.util.Arrays.fill(scale, 1);
    return new Sample(
        GroupProbabilities.ofGroups(p, groups), ImageVector.of(x, new double[channels], scale));
  }

  /** Group probabilities and intensities of some voxels. */
  static final class Sample {
    final GroupProbabilities groups;
    final ImageVector image;

    Sample(final GroupProbabilities groups, final ImageVector image) {
      this.groups = groups;
      this.image = image;
    }
  }
}
