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
  private final float[][] powers; // of one channel: r x^2, r x, r, each (C, SIZE)
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
    powers = new float[x.channels() == 1 ? f : 0][n * SIZE];
    joint = new double[n];
    products = new double[f];
    sums = new double[n * f];
  }

  /** Adds every {@code step}-th voxel of a range, those that do not count left out. */
  void add(final int from, final int to, final int step) {
    block.forEach(x, from, to, step, this::add);
  }

  /** Sums of the posterior times the {@link PowerSums}, (C, F). */
  double[] sums() {
    drain();
    return sums;
  }

  /** In nats. */
  double logLikelihood() {
    return logLikelihood;
  }

  private void add(final int[] voxels, final int count) {
    final float[] d = block.components();
    // No need of logarithms: variances and the outliers keep densities from over- and underflow.
    Arrays.fill(evidence, (float) IntensityModel.OUTLIERS);
    for (int c = 0; c < joint.length; c++) {
      final int at = c * SIZE, g = model.group(c);
      for (int i = 0; i < count; i++) d[at + i] *= p[voxels[i] * groups + g];
      for (int i = count; i < SIZE; i++) d[at + i] = 0;
      for (int i = 0; i < SIZE; i++) evidence[i] += d[at + i];
    }
    for (int i = 0; i < count; i += FACTORS) {
      double product = 1;
      for (int j = i; j < Math.min(count, i + FACTORS); j++) product *= evidence[j];
      logLikelihood += Math.log(product);
    }
    if (!collects) return;
    for (int i = 0; i < SIZE; i++) evidence[i] = 1 / evidence[i];
    if (x.channels() == 1) collectOne(d);
    else
      for (int i = 0; i < count; i++) {
        for (int c = 0; c < joint.length; c++) joint[c] = d[c * SIZE + i] * evidence[i];
        model.collect(x, voxels[i], joint, products, sums);
      }
  }

  private void collectOne(final float[] d) {
    final float[] values = block.values();
    final float[] squares = powers[0], linear = powers[1], ones = powers[2];
    for (int c = 0; c < joint.length; c++) {
      final int at = c * SIZE;
      for (int i = 0; i < SIZE; i++) {
        final float r = d[at + i] * evidence[i];
        final float rx = r * values[i];
        ones[at + i] += r;
        linear[at + i] += rx;
        squares[at + i] += rx * values[i];
      }
    }
    if (++blocks == BLOCKS) drain();
  }

  /** Moves what was added up in floats to the sums. */
  private void drain() {
    if (blocks == 0) return;
    for (int c = 0; c < joint.length; c++)
      for (int k = 0; k < powers.length; k++) {
        double sum = 0;
        for (int i = c * SIZE; i < (c + 1) * SIZE; i++) sum += powers[k][i];
        sums[c * powers.length + k] += sum;
      }
    for (final float[] some : powers) Arrays.fill(some, 0);
    blocks = 0;
  }
}
