package org.anatomicalpriors.model;

/**
 * p(x|s): the intensities of one image. Every label has the distribution of its intensity group, a
 * mixture of Gaussian components. Updates are maximum a posteriori under a conjugate
 * (normal-inverse-gamma) prior, so that a group with few voxels stays near its start instead of
 * collapsing. Intensities are on the scale of an {@link ImageVector}. Immutable.
 */
public final class IntensityModel {

  /**
   * Density of intensities that no group explains, the same for all labels, on the image vector's
   * scale, whose range is about 1: such voxels neither widen a group nor change a label.
   */
  public static final double OUTLIERS = 0.03;

  /** Smallest variance, on the image vector's scale. */
  static final double SMALLEST_VARIANCE = 1e-5;

  private final int[] labelGroups;
  private final int[] componentGroups;
  private final double[] mean;
  private final double[] variance;
  private final double[] weight;
  private final double[] priorMean;
  private final double priorVariance;
  private final double strength;
  private final boolean[] known; // components that updates leave alone
  private final double[] halfPrecision;
  private final double[] logPeak; // log-density at the mean

  /**
   * @param labelGroups intensity group of every label
   * @param componentGroups group of every component, ascending
   * @param mean start of every component, to which the conjugate prior ties it
   * @param variance start of every component
   * @param weight share of every component in its group
   * @param priorVariance variance to which the conjugate prior ties
   * @param strength of the conjugate prior, in voxels
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
        mean,
        variance,
        weight,
        mean.clone(),
        priorVariance,
        strength,
        new boolean[mean.length]);
  }

  private IntensityModel(
      final int[] labelGroups,
      final int[] componentGroups,
      final double[] mean,
      final double[] variance,
      final double[] weight,
      final double[] priorMean,
      final double priorVariance,
      final double strength,
      final boolean[] known) {
    this.labelGroups = labelGroups;
    this.componentGroups = componentGroups;
    this.mean = mean;
    this.variance = variance;
    this.weight = weight;
    this.priorMean = priorMean;
    this.priorVariance = priorVariance;
    this.strength = strength;
    this.known = known;
    halfPrecision = new double[mean.length];
    logPeak = new double[mean.length];
    for (int c = 0; c < mean.length; c++) {
      halfPrecision[c] = 0.5 / variance[c];
      logPeak[c] = -0.5 * Math.log(2 * Math.PI * variance[c]);
    }
  }

  /** Means, variances and weights, from which {@link #withState} goes on. */
  public double[] state() {
    final int n = components();
    final double[] state = new double[3 * n];
    System.arraycopy(mean, 0, state, 0, n);
    System.arraycopy(variance, 0, state, n, n);
    System.arraycopy(weight, 0, state, 2 * n, n);
    return state;
  }

  /** The same model with other means, variances and weights. */
  public IntensityModel withState(final double[] state) {
    final int n = components();
    return new IntensityModel(
        labelGroups,
        componentGroups,
        java.util.Arrays.copyOfRange(state, 0, n),
        java.util.Arrays.copyOfRange(state, n, 2 * n),
        java.util.Arrays.copyOfRange(state, 2 * n, 3 * n),
        priorMean,
        priorVariance,
        strength,
        known);
  }

  /**
   * The same model with a group whose intensities are known: updates leave them as they are.
   *
   * @throws IllegalArgumentException if the group has several components
   */
  public IntensityModel withKnown(
      final int group, final double knownMean, final double knownVariance) {
    final double[] m = mean.clone(), v = variance.clone();
    final boolean[] k = known.clone();
    int found = 0;
    for (int c = 0; c < m.length; c++) {
      if (componentGroups[c] != group) continue;
      m[c] = knownMean;
      v[c] = Math.max(SMALLEST_VARIANCE, knownVariance);
      k[c] = true;
      found++;
    }
    if (found != 1) throw new IllegalArgumentException(found + " components in group " + group);
    return new IntensityModel(
        labelGroups, componentGroups, m, v, weight, priorMean, priorVariance, strength, k);
  }

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

  public double mean(final int component) {
    return mean[component];
  }

  public double variance(final int component) {
    return variance[component];
  }

  /** Share of the component in its group. */
  public double weight(final int component) {
    return weight[component];
  }

  /** log N(x; mean, variance) of a component, without its weight. */
  public double logDensity(final int component, final double x) {
    final double d = x - mean[component];
    return logPeak[component] - d * d * halfPrecision[component];
  }

  /**
   * Density of an intensity in every group, outliers included.
   *
   * @param out receives a value per group
   */
  public void groupDensities(final double x, final double[] out) {
    java.util.Arrays.fill(out, OUTLIERS);
    for (int c = 0; c < components(); c++)
      out[componentGroups[c]] += weight[c] * Math.exp(logDensity(c, x));
  }

  /** Number of intensity groups. */
  public int groups() {
    return componentGroups[components() - 1] + 1;
  }

  /** Factors of (x^2, x, 1) in the log-density, shape (3, C) by rows. */
  float[] coefficients() {
    final int n = components();
    final float[] b = new float[3 * n];
    for (int c = 0; c < n; c++) {
      b[c] = (float) (-0.5 / variance[c]);
      b[n + c] = (float) (mean[c] / variance[c]);
      b[2 * n + c] = (float) logDensity(c, 0);
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
   * The M-step. With N = sum r, S1 = sum r x, S2 = sum r x^2 of a component, prior mean m0, prior
   * variance v0 and strength k: mean = (S1 + k m0) / (N + k), variance = (S2 - 2 mean S1 + mean^2 N
   * + k (mean - m0)^2 + k v0) / (N + k) (Gelman et al., Bayesian Data Analysis, section 3.3).
   *
   * @param statistics rows of (S2, S1, N), shape (C, 3)
   */
  public IntensityModel updated(final double[] statistics) {
    final int n = components();
    final double[] m = new double[n], v = new double[n], w = new double[n];
    final double[] groupTotal = new double[n];
    final int[] groupSize = new int[n];
    for (int c = 0; c < n; c++) {
      groupTotal[componentGroups[c]] += statistics[3 * c + 2];
      groupSize[componentGroups[c]]++;
    }
    for (int c = 0; c < n; c++) {
      final double s2 = statistics[3 * c],
          s1 = statistics[3 * c + 1],
          count = statistics[3 * c + 2];
      m[c] = (s1 + strength * priorMean[c]) / (count + strength);
      final double scatter = s2 - 2 * m[c] * s1 + m[c] * m[c] * count;
      final double shift = m[c] - priorMean[c];
      v[c] =
          Math.max(
              SMALLEST_VARIANCE,
              (Math.max(0, scatter) + strength * (shift * shift + priorVariance))
                  / (count + strength));
      final int g = componentGroups[c];
      w[c] = (count + strength / groupSize[g]) / (groupTotal[g] + strength);
      if (known[c]) {
        m[c] = mean[c];
        v[c] = variance[c];
      }
    }
    return new IntensityModel(
        labelGroups, componentGroups, m, v, w, priorMean, priorVariance, strength, known);
  }
}
