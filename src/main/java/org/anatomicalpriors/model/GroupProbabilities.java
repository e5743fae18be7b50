package org.anatomicalpriors.model;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Probability of every voxel and intensity group, (V, G): all that the intensities need to know of
 * the labels' probabilities.
 */
public final class GroupProbabilities {

  private static final int CHUNK = VoxelChunks.SIZE;

  private final float[] p;
  private final int groups;

  private GroupProbabilities(final float[] p, final int groups) {
    this.p = p;
    this.groups = groups;
  }

  /**
   * Sums label probabilities over groups.
   *
   * @param f probabilities (V, L) by rows
   * @param labelGroups group of every label
   */
  public static GroupProbabilities of(final float[] f, final int[] labelGroups) {
    final int l = labelGroups.length;
    final int groups = IntStream.of(labelGroups).max().orElse(0) + 1;
    final int voxels = f.length / l;
    final float[] p = new float[voxels * groups];
    VoxelChunks.forEach(
        voxels,
        (first, end) -> {
          for (int v = first; v < end; v++)
            for (int i = 0; i < l; i++) p[v * groups + labelGroups[i]] += f[v * l + i];
        });
    return new GroupProbabilities(p, groups);
  }

  /** From probabilities (V, G) by rows, which are not copied. */
  public static GroupProbabilities ofGroups(final float[] p, final int groups) {
    return new GroupProbabilities(p, groups);
  }

  public int groups() {
    return groups;
  }

  /** The probabilities, (V, G) by rows; not a copy. */
  public float[] rows() {
    return p;
  }

  /** Moments of the intensities in every group. */
  IntensityMoments moments(final ImageVector x) {
    final IntensityMoments m = new IntensityMoments(groups, x.channels());
    for (int v = 0; v < x.voxels(); v++) if (x.present(v) != 0) m.add(x, v, p, v * groups);
    return m;
  }

  /**
   * sum_j sum_g p[j,g] log N(x_j; g), in nats: the data term of L_bound, its sign turned. A group's
   * mixture counts as a whole.
   */
  public double expectedLogDensity(final ImageVector x, final IntensityModel model) {
    return Arrays.stream(
            VoxelChunks.of(x.voxels(), CHUNK)
                .mapToDouble(first -> expectedLogDensity(x, model, first))
                .toArray())
        .sum();
  }

  private double expectedLogDensity(
      final ImageVector x, final IntensityModel model, final int start) {
    final double[] total = {0};
    final DensityBlock block = new DensityBlock(model);
    block.forEach(
        x,
        start,
        Math.min(x.voxels(), start + CHUNK),
        1,
        (voxels, count) -> {
          final float[][] densities = block.groups();
          for (int g = 0; g < groups; g++)
            for (int i = 0; i < count; i++) {
              final float q = p[voxels[i] * groups + g];
              if (q > 0) total[0] += q * Math.log(densities[g][i]);
            }
        });
    return total[0];
  }

  /** log p(x) = sum_j log sum_g p[j,g] N(x_j; g), in nats: the data term of L_exact. */
  public double logLikelihood(final ImageVector x, final IntensityModel model) {
    return Arrays.stream(
            VoxelChunks.of(x.voxels(), CHUNK)
                .mapToDouble(first -> eStep(x, model, false, 1, first).logLikelihood())
                .toArray())
        .sum();
  }

  /**
   * One E-step: the sufficient statistics of every component under the posterior, and the
   * log-likelihood of the image.
   *
   * @param step every how many voxels one is used; the statistics are scaled up accordingly
   */
  Statistics statistics(final ImageVector x, final IntensityModel model, final int step) {
    // Chunks are summed in their order, so that the result does not depend on the threads.
    return Statistics.sum(
        VoxelChunks.of(x.voxels(), CHUNK * step)
            .mapToObj(first -> eStep(x, model, true, step, first))
            .toArray(EStep[]::new),
        step);
  }

  private EStep eStep(
      final ImageVector x,
      final IntensityModel model,
      final boolean collects,
      final int step,
      final int start) {
    final EStep e = new EStep(p, groups, x, model, collects);
    e.add(start, Math.min(x.voxels(), start + CHUNK * step), step);
    return e;
  }

  /** The intensities after one update of EM. */
  public IntensityModel updated(final ImageVector x, final IntensityModel model) {
    return model.updated(statistics(x, model, 1).sums);
  }

  /** Receives what the intensities of a voxel are expected to be. */
  public interface Expectation {
    /**
     * @param voxel in x-fastest order
     * @param mean expected intensity, structures (groups above 0) weighted by their precision
     * @param precision sum of the structures' posterior probabilities over their variances
     */
    void of(int voxel, double mean, double precision);
  }

  /**
   * Tells the expected intensity of each voxel of a channel under the posterior of its labels,
   * which all known channels tell. The other channels are not asked for what they say of this one
   * beyond that: where channels are alike, so are the errors of their bias fields.
   */
  public void expectations(
      final ImageVector x,
      final IntensityModel model,
      final int channel,
      final Expectation expectation) {
    VoxelChunks.forEach(
        x.voxels(), (first, end) -> expectations(x, model, channel, expectation, first, end));
  }

  private void expectations(
      final ImageVector x,
      final IntensityModel model,
      final int channel,
      final Expectation expectation,
      final int start,
      final int end) {
    final int n = model.components();
    final double[] mean = new double[n], variance = new double[n];
    for (int c = 0; c < n; c++) {
      mean[c] = model.mean(c, channel);
      variance[c] = model.covariance(c, channel, channel);
    }
    final DensityBlock block = new DensityBlock(model);
    block.forEach(
        x,
        start,
        end,
        1,
        (voxels, count) -> {
          final float[][] densities = block.components();
          for (int i = 0; i < count; i++) {
            final int v = voxels[i];
            if (!x.isKnown(v, channel)) continue;
            double total = IntensityModel.OUTLIERS, precision = 0, sum = 0;
            for (int c = 0; c < n; c++) {
              final int g = model.group(c);
              final double joint = p[v * groups + g] * densities[c][i];
              total += joint;
              if (g == 0) continue;
              final double weight = joint / variance[c];
              precision += weight;
              sum += weight * mean[c];
            }
            if (precision > 0) expectation.of(v, sum / precision, precision / total);
          }
        });
  }

  /** Sufficient statistics (C, F) and the log-likelihood that goes with them. */
  static final class Statistics {
    final double[] sums;
    double logLikelihood;

    private Statistics(final int length) {
      sums = new double[length];
    }

    private static Statistics sum(final EStep[] parts, final double factor) {
      final Statistics total = new Statistics(parts[0].sums().length);
      for (final EStep e : parts) {
        final double[] some = e.sums();
        for (int i = 0; i < some.length; i++) total.sums[i] += factor * some[i];
        total.logLikelihood += factor * e.logLikelihood();
      }
      return total;
    }
  }
}
