package org.anatomicalpriors.model;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Probability of every voxel and intensity group, (V, G): all that the intensities need to know of
 * the labels' probabilities.
 */
public final class GroupProbabilities {

  /** Voxels per task: enough to hide the cost of handing them out, small enough to balance. */
  private static final int CHUNK = 1 << 14;

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
    chunks(voxels)
        .forEach(
            chunk -> {
              final int end = Math.min(voxels, (chunk + 1) * CHUNK);
              for (int v = chunk * CHUNK; v < end; v++)
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
            chunks(x.voxels())
                .mapToDouble(chunk -> expectedLogDensity(x, model, chunk * CHUNK))
                .toArray())
        .sum();
  }

  private double expectedLogDensity(
      final ImageVector x, final IntensityModel model, final int start) {
    final int end = Math.min(x.voxels(), start + CHUNK);
    final double[] densities = new double[groups];
    double total = 0;
    for (int v = start; v < end; v++) {
      if (x.mask()[v] == 0) continue;
      model.groupDensities(x, v, densities);
      for (int g = 0; g < groups; g++)
        if (p[v * groups + g] > 0) total += p[v * groups + g] * Math.log(densities[g]);
    }
    return total;
  }

  /** log p(x) = sum_j log sum_g p[j,g] N(x_j; g), in nats: the data term of L_exact. */
  public double logLikelihood(final ImageVector x, final IntensityModel model) {
    return statistics(x, model, 1).logLikelihood;
  }

  /**
   * One E-step: the sufficient statistics of every component under the posterior, and the
   * log-likelihood of the image.
   *
   * @param step every how many voxels one is used; the statistics are scaled up accordingly
   */
  Statistics statistics(final ImageVector x, final IntensityModel model, final int step) {
    final int voxels = x.voxels();
    // Chunks are summed in their order, so that the result does not depend on the threads.
    return Statistics.sum(
        chunks(voxels)
            .mapToObj(chunk -> statistics(x, model, step, chunk * CHUNK, voxels))
            .toArray(Statistics[]::new),
        step);
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
    chunks(x.voxels())
        .forEach(chunk -> expectations(x, model, channel, expectation, chunk * CHUNK));
  }

  private void expectations(
      final ImageVector x,
      final IntensityModel model,
      final int channel,
      final Expectation expectation,
      final int start) {
    final int end = Math.min(x.voxels(), start + CHUNK);
    for (int v = start; v < end; v++) {
      if (!x.isKnown(v, channel)) continue;
      double total = IntensityModel.OUTLIERS, precision = 0, mean = 0;
      for (int c = 0; c < model.components(); c++) {
        final int g = model.group(c);
        if (p[v * groups + g] <= 0) continue;
        final double joint = p[v * groups + g] * model.density(c, x, v);
        total += joint;
        if (g == 0) continue;
        final double weight = joint / model.covariance(c, channel, channel);
        precision += weight;
        mean += weight * model.mean(c, channel);
      }
      if (precision > 0) expectation.of(v, mean / precision, precision / total);
    }
  }

  private Statistics statistics(
      final ImageVector x,
      final IntensityModel model,
      final int step,
      final int start,
      final int voxels) {
    final int n = model.components(), f = PowerSums.count(x.channels());
    final Statistics s = new Statistics(n, f);
    final double[] joint = new double[n], powers = new double[f];
    final int end = Math.min(voxels, start + CHUNK);
    for (int v = start; v < end; v += step) {
      if (x.mask()[v] == 0) continue;
      // No need of logarithms: variances and the outliers keep densities from over- and underflow.
      double total = IntensityModel.OUTLIERS;
      for (int c = 0; c < n; c++) {
        final float g = p[v * groups + model.group(c)];
        joint[c] = g <= 0 ? 0 : g * model.density(c, x, v);
        total += joint[c];
      }
      s.logLikelihood += Math.log(total);
      for (int c = 0; c < n; c++) joint[c] /= total;
      model.collect(x, v, joint, powers, s.sums);
    }
    return s;
  }

  private static IntStream chunks(final int voxels) {
    return IntStream.range(0, (voxels + CHUNK - 1) / CHUNK).parallel();
  }

  /** Sufficient statistics (C, F) and the log-likelihood that goes with them. */
  static final class Statistics {
    final double[] sums;
    double logLikelihood;

    Statistics(final int components, final int powers) {
      this(components * powers);
    }

    private Statistics(final int length) {
      sums = new double[length];
    }

    static Statistics sum(final Statistics[] parts, final double factor) {
      final Statistics total = new Statistics(parts[0].sums.length);
      for (final Statistics s : parts) {
        for (int i = 0; i < s.sums.length; i++) total.sums[i] += factor * s.sums[i];
        total.logLikelihood += factor * s.logLikelihood;
      }
      return total;
    }
  }
}
