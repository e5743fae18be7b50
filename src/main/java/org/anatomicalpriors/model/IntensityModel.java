package org.anatomicalpriors.model;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * p(x|s): the intensities of one image of K channels. Every label has the distribution of its
 * intensity group, a mixture of Gaussian components with full covariances. Updates are maximum a
 * posteriori under a conjugate (normal-inverse-Wishart) prior, so that a group with few voxels
 * stays near its start instead of collapsing. Intensities are on the scale of an {@link
 * ImageVector}. Immutable.
 */
public final class IntensityModel {

  /**
   * Density of intensities that no group explains, the same for all labels, on the image vector's
   * scale, whose range is about 1: such voxels neither widen a group nor change a label.
   */
  public static final double OUTLIERS = 0.03;

  /** Log-density, as a part of {@link #OUTLIERS} below what a float can show. */
  private static final double NEGLIGIBLE = -24;

  /** Smallest variance of a channel, the others known, on the image vector's scale. */
  static final double SMALLEST_VARIANCE = 1e-5;

  private final int channels;
  private final int[] labelGroups;
  private final int[] componentGroups;
  private final NormalDensity[] densities;
  private final double[] weight;
  private final NormalDensity[] prior;
  private final double strength;
  private final boolean[] known; // components that updates leave alone

  /** What is said of voxels of which some channels are unknown, by the known ones' bits. */
  private final AtomicReferenceArray<PartialDensity[]> partial;

  /**
   * @param labelGroups intensity group of every label
   * @param componentGroups group of every component, ascending
   * @param mean start of every component, to which the conjugate prior ties it, (C, K)
   * @param covariance start of every component, (C, K K), each by rows
   * @param weight share of every component in its group
   * @param priorCovariance of the channels, (K K) by rows, to which the conjugate prior ties: one
   *     that took related channels for unrelated would make their evidence count twice
   * @param strength of the conjugate prior, in voxels
   */
  public IntensityModel(
      final int[] labelGroups,
      final int[] componentGroups,
      final double[][] mean,
      final double[][] covariance,
      final double[] weight,
      final double[] priorCovariance,
      final double strength) {
    this(
        labelGroups,
        componentGroups,
        normals(mean, covariance),
        weight,
        priors(mean, priorCovariance),
        strength,
        new boolean[mean.length]);
  }

  /**
   * Of one channel.
   *
   * @param mean start of every component, to which the conjugate prior ties it
   * @param variance start of every component
   * @param priorVariance variance to which the conjugate prior ties
   */
  public IntensityModel(
      final int[] labelGroups,
      final int[] componentGroups,
      final double[] mean,
      final double[] variance,
      final double[] weight,
      final double priorVariance,
      final double strength) {
    this(
        labelGroups,
        componentGroups,
        rows(mean, 1),
        rows(variance, 1),
        weight,
        new double[] {priorVariance},
        strength);
  }

  private IntensityModel(
      final int[] labelGroups,
      final int[] componentGroups,
      final NormalDensity[] densities,
      final double[] weight,
      final NormalDensity[] prior,
      final double strength,
      final boolean[] known) {
    this.labelGroups = labelGroups;
    this.componentGroups = componentGroups;
    this.densities = densities;
    this.weight = weight;
    this.prior = prior;
    this.strength = strength;
    this.known = known;
    channels = densities[0].channels();
    partial = new AtomicReferenceArray<>(1 << channels);
  }

  private static NormalDensity[] normals(final double[][] mean, final double[][] covariance) {
    final NormalDensity[] all = new NormalDensity[mean.length];
    for (int c = 0; c < all.length; c++)
      all[c] = new NormalDensity(mean[c], covariance[c], SMALLEST_VARIANCE);
    return all;
  }

  private static NormalDensity[] priors(final double[][] mean, final double[] covariance) {
    final NormalDensity[] all = new NormalDensity[mean.length];
    for (int c = 0; c < all.length; c++)
      all[c] = new NormalDensity(mean[c], covariance, SMALLEST_VARIANCE);
    return all;
  }

  private static double[][] rows(final double[] values, final int length) {
    final double[][] rows = new double[values.length / length][];
    for (int r = 0; r < rows.length; r++)
      rows[r] = Arrays.copyOfRange(values, r * length, (r + 1) * length);
    return rows;
  }

  private IntensityModel with(
      final NormalDensity[] otherDensities,
      final double[] otherWeight,
      final boolean[] otherKnown) {
    return new IntensityModel(
        labelGroups, componentGroups, otherDensities, otherWeight, prior, strength, otherKnown);
  }

  /** Means (C, K), covariances (C, K, K) and weights, from which {@link #withState} goes on. */
  public double[] state() {
    final int n = components(), k = channels;
    final double[] state = new double[n * k + n * k * k + n];
    for (int c = 0; c < n; c++) {
      for (int a = 0; a < k; a++) {
        state[c * k + a] = mean(c, a);
        for (int b = 0; b < k; b++) state[n * k + (c * k + a) * k + b] = covariance(c, a, b);
      }
      state[n * k + n * k * k + c] = weight[c];
    }
    return state;
  }

  /** The same model with other means, covariances and weights. */
  public IntensityModel withState(final double[] state) {
    final int n = components(), k = channels;
    final int covariances = n * k, weights = covariances + n * k * k;
    return with(
        normals(
            rows(Arrays.copyOfRange(state, 0, covariances), k),
            rows(Arrays.copyOfRange(state, covariances, weights), k * k)),
        Arrays.copyOfRange(state, weights, weights + n),
        known);
  }

  /**
   * The same model with a group whose intensities are known: updates leave them as they are.
   *
   * @param mean K values
   * @param covariance (K, K) by rows
   * @throws IllegalArgumentException if the group has several components
   */
  public IntensityModel withKnown(final int group, final double[] mean, final double[] covariance) {
    final NormalDensity[] d = densities.clone();
    final boolean[] k = known.clone();
    int found = 0;
    for (int c = 0; c < d.length; c++) {
      if (componentGroups[c] != group) continue;
      d[c] = new NormalDensity(mean, covariance, SMALLEST_VARIANCE);
      k[c] = true;
      found++;
    }
    if (found != 1) throw new IllegalArgumentException(found + " components in group " + group);
    return with(d, weight, k);
  }

  /** K. */
  public int channels() {
    return channels;
  }

  /** C. */
  public int components() {
    return componentGroups.length;
  }

  public int labels() {
    return labelGroups.length;
  }

  /** Intensity group of a component. */
  public int group(final int component) {
    return componentGroups[component];
  }

  /** Intensity group of a label. */
  public int labelGroup(final int label) {
    return labelGroups[label];
  }

  public double mean(final int component, final int channel) {
    return densities[component].mean(channel);
  }

  /** Covariance of two channels; of a channel with itself its variance. */
  public double covariance(final int component, final int a, final int b) {
    return densities[component].covariance(a, b);
  }

  /** Share of the component in its group. */
  public double weight(final int component) {
    return weight[component];
  }

  /**
   * Density of a voxel's intensities in a component times the component's weight, from those
   * channels that are known of the voxel, which has to have one; 0 where it is nothing beside the
   * {@link #OUTLIERS}.
   */
  double density(final int component, final ImageVector x, final int voxel) {
    final double log = logDensity(component, x, voxel);
    return log > NEGLIGIBLE ? weight[component] * Math.exp(log) : 0;
  }

  /** Logarithm of the largest density in a component times the component's weight. */
  double logPeak(final int component) {
    return densities[component].logPeak() + Math.log(weight[component]);
  }

  private double logDensity(final int component, final ImageVector x, final int voxel) {
    final float[] values = x.values();
    return x.isComplete(voxel)
        ? densities[component].log(values, voxel * channels)
        : partial(x.present(voxel))[component].known.log(values, voxel * channels);
  }

  /**
   * Adds a voxel's {@link PowerSums} to those of the components. Of channels that are unknown of
   * the voxel the sums get what every component expects of them, the known ones given (Little and
   * Rubin, Statistical Analysis with Missing Data, section 11.2).
   *
   * @param shares of the components in the voxel, (C)
   * @param powers is written to, (F)
   * @param sums to which is added, (C, F)
   */
  void collect(
      final ImageVector x,
      final int voxel,
      final double[] shares,
      final double[] powers,
      final double[] sums) {
    final boolean complete = x.isComplete(voxel);
    final PartialDensity[] some = complete ? null : partial(x.present(voxel));
    if (complete) PowerSums.of(x.values(), voxel * channels, channels, powers);
    for (int c = 0; c < shares.length; c++) {
      if (shares[c] <= 0) continue;
      if (!complete) some[c].expectedPowers(x.values(), voxel * channels, powers);
      PowerSums.add(shares[c], powers, sums, c * powers.length);
    }
  }

  private PartialDensity[] partial(final int present) {
    PartialDensity[] made = partial.get(present);
    if (made != null) return made;
    made = new PartialDensity[components()];
    for (int c = 0; c < made.length; c++) made[c] = new PartialDensity(densities[c], present);
    partial.set(present, made); // two threads make the same
    return made;
  }

  /** Number of intensity groups. */
  public int groups() {
    return componentGroups[components() - 1] + 1;
  }

  /** Factors of the {@link PowerSums} in the log-density, shape (F, C) by rows. */
  float[] coefficients() {
    final int n = components(), k = channels;
    final float[] b = new float[PowerSums.count(k) * n];
    final float[] zero = new float[k];
    for (int c = 0; c < n; c++) {
      final NormalDensity d = densities[c];
      for (int i = 0; i < k; i++) {
        double linear = 0;
        for (int j = 0; j < k; j++) {
          linear += d.precision(i, j) * d.mean(j);
          if (j >= i)
            b[PowerSums.square(i, j, k) * n + c] =
                (float) (-(i == j ? 0.5 : 1) * d.precision(i, j));
        }
        b[PowerSums.linear(i, k) * n + c] = (float) linear;
      }
      b[PowerSums.one(k) * n + c] = (float) d.log(zero, 0);
    }
    return b;
  }

  /** Weight of every component in every label, shape (C, L) by rows. */
  float[] membership() {
    final float[] m = new float[components() * labels()];
    for (int c = 0; c < components(); c++)
      for (int l = 0; l < labels(); l++)
        if (labelGroups[l] == componentGroups[c]) m[c * labels() + l] = (float) weight[c];
    return m;
  }

  /**
   * The M-step. With N = sum r, S1 = sum r x, S2 = sum r x x' of a component, prior mean m0, prior
   * covariance V0 and strength k: mean = (S1 + k m0) / (N + k), covariance = (S2 - mean S1' - S1
   * mean' + N mean mean' + k (mean - m0) (mean - m0)' + k V0) / (N + k) (Gelman et al., Bayesian
   * Data Analysis, sections 3.3 and 3.6).
   *
   * @param statistics the sums of r times the {@link PowerSums}, shape (C, F)
   */
  public IntensityModel updated(final double[] statistics) {
    final int n = components(), f = PowerSums.count(channels), one = PowerSums.one(channels);
    final double[] groupTotal = new double[n];
    final int[] groupSize = new int[n];
    for (int c = 0; c < n; c++) {
      groupTotal[componentGroups[c]] += statistics[c * f + one];
      groupSize[componentGroups[c]]++;
    }
    final NormalDensity[] d = new NormalDensity[n];
    final double[] w = new double[n];
    for (int c = 0; c < n; c++) {
      final int g = componentGroups[c];
      w[c] = (statistics[c * f + one] + strength / groupSize[g]) / (groupTotal[g] + strength);
      d[c] = known[c] ? densities[c] : updated(prior[c], statistics, c * f);
    }
    return with(d, w, known);
  }

  private NormalDensity updated(final NormalDensity tie, final double[] statistics, final int at) {
    final int k = channels;
    final double count = statistics[at + PowerSums.one(k)];
    final double[] m = new double[k], v = new double[k * k];
    for (int a = 0; a < k; a++)
      m[a] =
          (statistics[at + PowerSums.linear(a, k)] + strength * tie.mean(a)) / (count + strength);
    for (int a = 0; a < k; a++)
      for (int b = 0; b < k; b++) {
        final double scatter =
            statistics[at + PowerSums.square(a, b, k)]
                - m[a] * statistics[at + PowerSums.linear(b, k)]
                - m[b] * statistics[at + PowerSums.linear(a, k)]
                + m[a] * m[b] * count;
        final double tied = (m[a] - tie.mean(a)) * (m[b] - tie.mean(b)) + tie.covariance(a, b);
        v[a * k + b] =
            ((a == b ? Math.max(0, scatter) : scatter) + strength * tied) / (count + strength);
      }
    return new NormalDensity(m, v, SMALLEST_VARIANCE);
  }
}
