package org.anatomicalpriors.benchmark;

import java.util.SplittableRandom;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;

/**
 * Invented heads of 160 x 192 x 224 mm with any number of labels: background 0 around an ellipsoid,
 * which is shared out among the others by the nearest of as many centres. They look like no
 * anatomy, but cost as much.
 */
public final class Heads {

  /** Of the whole head. */
  private static final int[] MILLIMETRES = {160, 192, 224};

  /** Radius of the ellipsoid, the head's being 1. */
  private static final double RADIUS = 0.85;

  /** How far heads differ in where their centres are. */
  private static final double DIFFERENCE = 0.04;

  /** How quickly probabilities fall off with the squared distance. */
  private static final double SHARPNESS = 60;

  private static final double SMALLEST = 1e-7;

  private final int labels;
  private final double[] centres;

  /**
   * @param labels number of labels, background included
   * @param index which head
   */
  public Heads(final int labels, final int index) {
    this.labels = labels;
    final SplittableRandom common = new SplittableRandom(1), own = new SplittableRandom(2 + index);
    centres = new double[3 * labels];
    for (int i = 0; i < centres.length; i++)
      centres[i] = 1.2 * common.nextDouble() - 0.6 + DIFFERENCE * (own.nextDouble() - 0.5);
  }

  /** The head's voxels, with its centre at the world's origin. */
  public static Grid grid(final int spacing) {
    final int[] size = new int[3];
    for (int d = 0; d < 3; d++) size[d] = MILLIMETRES[d] / spacing;
    final Affine centred =
        Affine.translation(
            (spacing - MILLIMETRES[0]) / 2.0,
            (spacing - MILLIMETRES[1]) / 2.0,
            (spacing - MILLIMETRES[2]) / 2.0);
    return new Grid(size, centred.after(Affine.scale(spacing, spacing, spacing)), "mm");
  }

  /** Parameters of JMH's benchmarks on heads, names and values in turn. */
  static String[] parameters(final int spacing, final int labels) {
    return new String[] {"spacing", Integer.toString(spacing), "labels", Integer.toString(labels)};
  }

  /** Label probabilities of every voxel, (V, L) by rows. */
  public float[] probabilities(final Grid grid) {
    final float[] all = new float[grid.voxelCount() * labels];
    final double[] p = new double[labels];
    for (int v = 0; v < grid.voxelCount(); v++) {
      double total = 0;
      weigh(grid, v, p);
      for (final double w : p) total += w;
      for (int l = 0; l < labels; l++) all[v * labels + l] = (float) (p[l] / total);
    }
    return all;
  }

  /** The label of every voxel. */
  public byte[] map(final Grid grid) {
    final byte[] map = new byte[grid.voxelCount()];
    for (int v = 0; v < map.length; v++) {
      final double[] p = place(grid, v);
      int nearest = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int l = 1; l < labels && radius(p) < RADIUS; l++) {
        final double d = distance(p, l);
        if (d >= least) continue;
        least = d;
        nearest = l;
      }
      map[v] = (byte) nearest;
    }
    return map;
  }

  private void weigh(final Grid grid, final int voxel, final double[] out) {
    final double[] p = place(grid, voxel);
    final double depth = RADIUS - radius(p);
    out[0] = Math.exp(2 * SHARPNESS * Math.min(0, -depth)) + SMALLEST;
    final double inside = Math.exp(2 * SHARPNESS * Math.min(0, depth));
    for (int l = 1; l < labels; l++)
      out[l] = inside * Math.exp(-SHARPNESS * distance(p, l)) + SMALLEST;
  }

  /** Of a voxel, from -1 to 1 along each axis. */
  private static double[] place(final Grid grid, final int voxel) {
    final int nx = grid.size(0), ny = grid.size(1);
    return new double[] {
      2 * (voxel % nx + 0.5) / nx - 1,
      2 * (voxel / nx % ny + 0.5) / ny - 1,
      2 * (voxel / nx / ny + 0.5) / grid.size(2) - 1
    };
  }

  private static double radius(final double[] p) {
    return Math.sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]);
  }

  /** Squared, from a label's centre. */
  private double distance(final double[] p, final int label) {
    double sum = 0;
    for (int d = 0; d < 3; d++) {
      final double difference = p[d] - centres[3 * label + d];
      sum += difference * difference;
    }
    return sum;
  }

  /**
   * Intensities of a label map: one mean for every label and noise.
   *
   * @param groups intensity group of every label
   */
  public static short[] image(final byte[] map, final int[] groups, final int seed) {
    final java.util.Random random = new java.util.Random(seed);
    final short[] x = new short[map.length];
    for (int v = 0; v < x.length; v++) {
      final int group = groups[map[v] & 0xff];
      x[v] = (short) Math.max(0, Math.round(100 * group + 20 * random.nextGaussian()));
    }
    return x;
  }
}
