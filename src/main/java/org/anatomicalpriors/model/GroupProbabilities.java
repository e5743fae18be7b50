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

  /** Sums of (p x^2, p x, p) for every group, (G, 3). */
  double[] moments(final ImageVector x) {
    final double[] m = new double[3 * groups];
    for (int v = 0; v < x.values().length; v++) {
      if (x.mask()[v] == 0) continue;
      final double value = x.values()[v];
      for (int g = 0; g < groups; g++) {
        final double w = p[v * groups + g];
        m[3 * g] += w * value * value;
        m[3 * g + 1] += w * value;
        m[3 * g + 2] += w;
      }
    }
    return m;
  }

  /** Histogram of the intensities, weighted with the probability of one group. */
  double[] histogram(
      final int group, final ImageVector x, final double low, final double width, final int bins) {
    final double[] h = new double[bins];
    for (int v = 0; v < x.values().length; v++) {
      if (x.mask()[v] == 0) continue;
      final int b = (int) Math.min(bins - 1.0, (x.values()[v] - low) / width);
      h[b] += p[v * groups + group];
    }
    return h;
  }

  /**
   * sum_j sum_g p[j,g] log N(x_j; g), in nats: the data term of L_bound, its sign turned. A group's
   * mixture counts as a whole.
   */
  public double expectedLogDensity(final ImageVector x, final IntensityModel model) {
    return Arrays.stream(
            chunks(x.values().length)
                .mapToDouble(chunk -> expectedLogDensity(x, model, chunk * CHUNK))
                .toArray())
        .sum();
  }

  private double expectedLogDensity(
      final ImageVector x, final IntensityModel model, final int start) {
    final int end = Math.min(x.values().length, start + CHUNK);
    final double[] densities = new double[groups];
    double total = 0;
    for (int v = start; v < end; v++) {
      if (x.mask()[v] == 0) continue;
      model.groupDensities(x.values()[v], densities);
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
    final int voxels = x.values().length;
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

  /** Tells the expected intensity of each voxel that counts, under the posterior of its labels. */
  public void expectations(
      final ImageVector x, final IntensityModel model, final Expectation expectation) {
    chunks(x.values().length).forEach(chunk -> expectations(x, model, expectation, chunk * CHUNK));
  }

  private void expectations(
      final ImageVector x,
      final IntensityModel model,
      final Expectation expectation,
      final int start) {
    final int end = Math.min(x.values().length, start + CHUNK);
    for (int v = start; v < end; v++) {
      if (x.mask()[v] == 0) continue;
      double total = IntensityModel.OUTLIERS, precision = 0, mean = 0;
      for (int c = 0; c < model.components(); c++) {
        final int g = model.group(c);
        if (p[v * groups + g] <= 0) continue;
        final double joint =
            p[v * groups + g] * model.weight(c) * Math.exp(model.logDensity(c, x.values()[v]));
        total += joint;
        if (g == 0) continue;
        precision += joint / model.variance(c);
        mean += joint / model.variance(c) * model.mean(c);
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
    final int n = model.components();
    final Statistics s = new Statistics(n);
    final double[] joint = new double[n];
    final int end = Math.min(voxels, start + CHUNK);
    for (int v = start; v < end; v += step) {
      if (x.mask()[v] == 0) continue;
      final double value = x.values()[v];
      // No need of logarithms: variances and the outliers keep densities from over- and underflow.
      double total = IntensityModel.OUTLIERS;
      for (int c = 0; c < n; c++) {
        final float g = p[v * groups + model.group(c)];
        joint[c] = g <= 0 ? 0 : g * model.weight(c) * Math.exp(model.logDensity(c, value));
        total += joint[c];
      }
      s.logLikelihood += Math.log(total);
      for (int c = 0; c < n; c++) s.add(c, joint[c] / total, value);
    }
    return s;
  }

  private static IntStream chunks(final int voxels) {
    return IntStream.range(0, (voxels + CHUNK - 1) / CHUNK).parallel();
  }

  /** Sufficient statistics (C, 3) and the log-likelihood that goes with them. */
  static final class Statistics {
    final double[] sums;
    double logLikelihood;

    Statistics(final int components) {
      sums = new double[3 * components];
    }

    void add(final int component, final double r, final double x) {
      sums[3 * component] += r * x * x;
      sums[3 * component + 1] += r * x;
      sums[3 * component + 2] += r;
    }

    static Statistics sum(final Statistics[] parts, final double factor) {
      final Statistics total = new Statistics(parts[0].sums.length / 3);
      for (final Statistics s : parts) {
        for (int i = 0; i < s.sums.length; i++) total.sums[i] += factor * s.sums[i];
        total.logLikelihood += factor * s.logLikelihood;
      }
      return total;
    }
  }
}
