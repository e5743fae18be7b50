package org.anatomicalpriors.model;

import java.util.Arrays;

/**
 * An E-step over some voxels: the posterior of every component, of which the sufficient statistics
 * and the likelihood are kept. For one thread.
 */
final class EStep {

  private static final int SIZE = DensityBlock.SIZE;

  /** Blocks whose statistics are added up in floats. */
  private static final int BLOCKS = 16;

  /** Evidences whose product is far from what a double cannot show. */
  private static final int FACTORS = 8;

  private final float[] p;
  private final int groups;
  private final ImageVector x;
  private final IntensityModel model;
  private final DensityBlock block;
  private final boolean collects;
  private final float[] evidence = new float[SIZE];
  private final float[][] prior; // (G, SIZE)
  private final float[][][] powers; // of one channel: r x^2, r x, r, each (C, SIZE)
  private final double[] joint;
  private final double[] products;
  private final double[] sums;
  private int blocks;
  private double logLikelihood;

  /**
   * @param p probabilities (V, G) by rows
   * @param collects whether statistics are wanted, and not the likelihood alone
   */
  EStep(
      final float[] p,
      final int groups,
      final ImageVector x,
      final IntensityModel model,
      final boolean collects) {
    this.p = p;
    this.groups = groups;
    this.x = x;
    this.model = model;
    this.collects = collects;
    block = new DensityBlock(model);
    final int n = model.components(), f = PowerSums.count(x.channels());
    prior = new float[groups][SIZE];
    powers = new float[x.channels() == 1 ? f : 0][n][SIZE];
    joint = new double[n];
    products = new double[f];
    sums = new double[n * f];
  }

  /** Adds every {@code step}-th voxel of a range, those that do not count left out. */
  void add(final int from, final int to, final int step) {
    block.forEach(x, from, to, step, this::add);
    drain();
  }

  /** Sums of the posterior times the {@link PowerSums}, (C, F). */
  double[] sums() {
    return sums;
  }

  /** In nats. */
  double logLikelihood() {
    return logLikelihood;
  }

  private void add(final int[] voxels, final int count) {
    // No need of logarithms: variances and the outliers keep densities from over- and underflow.
    Arrays.fill(evidence, (float) IntensityModel.OUTLIERS);
    for (int g = 0; g < groups; g++) take(g, voxels, count, prior[g]);
    final float[][] d = block.components();
    for (int c = 0; c < d.length; c++) weigh(d[c], prior[model.group(c)], count, evidence);
    for (int i = 0; i < count; i += FACTORS) {
      double product = 1;
      for (int j = i; j < Math.min(count, i + FACTORS); j++) product *= evidence[j];
      logLikelihood += Math.log(product);
    }
    if (!collects) return;
    for (int i = 0; i < count; i++) evidence[i] = 1 / evidence[i];
    if (x.channels() == 1) {
      for (int c = 0; c < d.length; c++)
        collect(d[c], evidence, block.values(), count, powers[0][c], powers[1][c], powers[2][c]);
      if (++blocks == BLOCKS) drain();
    } else
      for (int i = 0; i < count; i++) {
        for (int c = 0; c < d.length; c++) joint[c] = d[c][i] * evidence[i];
        model.collect(x, voxels[i], joint, products, sums);
      }
  }

  /** The probabilities of a group. */
  private void take(final int group, final int[] voxels, final int count, final float[] out) {
    for (int i = 0; i < count; i++) out[i] = p[voxels[i] * groups + group];
  }

  /** Makes joint probabilities of densities, and adds them to the evidence. */
  private static void weigh(
      final float[] densities, final float[] prior, final int count, final float[] evidence) {
    for (int i = 0; i < count; i++) densities[i] *= prior[i];
    for (int i = 0; i < count; i++) evidence[i] += densities[i];
  }

  /** Adds what a component has of each voxel, of one channel. */
  private static void collect(
      final float[] joint,
      final float[] share,
      final float[] values,
      final int count,
      final float[] squares,
      final float[] linear,
      final float[] ones) {
    for (int i = 0; i < count; i++) {
      final float r = joint[i] * share[i];
      final float rx = r * values[i];
      ones[i] += r;
      linear[i] += rx;
      squares[i] += rx * values[i];
    }
  }

  /** Moves what was added up in floats to the sums. */
  private void drain() {
    if (blocks == 0) return;
    for (int c = 0; c < joint.length; c++)
      for (int k = 0; k < powers.length; k++) {
        sums[c * powers.length + k] += sum(powers[k][c]);
        Arrays.fill(powers[k][c], 0);
      }
    blocks = 0;
  }

  /** Several sums, none of which waits for another. */
  private static double sum(final float[] values) {
    double a = 0, b = 0, c = 0, d = 0;
    for (int i = 0; i < values.length; i += 4) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
    }
    return a + b + (c + d);
  }
}
