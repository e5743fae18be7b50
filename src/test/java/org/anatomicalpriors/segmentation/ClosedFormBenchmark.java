package org.anatomicalpriors.segmentation;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.anatomicalpriors.model.ImageVector;
import org.anatomicalpriors.model.IntensityModel;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The closed form on the voxels of a head of 160 x 192 x 224 mm, from label probabilities on a grid
 * of 2 mm that are moved by a deformation, to labels and their tally.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ClosedFormBenchmark {

  private static final int[] MILLIMETRES = {160, 192, 224};
  private static final int PRIOR_SPACING = 2;
  private static final int MOST_GROUPS = 7;
  private static final double NOISE = 0.05;

  /** Of the image, in mm. */
  @Param({"4", "2", "1"})
  public int spacing;

  @Param({"4", "17", "40"})
  public int labels;

  private LabelField field;

  @Setup
  public void setUp() {
    final Grid prior = grid(PRIOR_SPACING), grid = grid(spacing);
    final Random random = new Random(1);
    final float[] centres = new float[3 * labels];
    for (int i = 0; i < centres.length; i++) centres[i] = random.nextFloat();
    final float[] f = new float[prior.voxelCount() * labels];
    for (int v = 0; v < prior.voxelCount(); v++) probabilities(prior, v, centres, f);
    final int groups = Math.min(labels, MOST_GROUPS);
    final int[] labelGroups = new int[labels], componentGroups = new int[groups];
    for (int l = 0; l < labels; l++) labelGroups[l] = l % groups;
    final double[] mean = new double[groups], variance = new double[groups];
    final double[] weight = new double[groups];
    for (int g = 0; g < groups; g++) {
      componentGroups[g] = g;
      mean[g] = (g + 0.5) / groups;
      variance[g] = NOISE * NOISE;
      weight[g] = 1;
    }
    final float[] x = new float[grid.voxelCount()];
    final float[] p = new float[labels];
    for (int v = 0; v < x.length; v++) {
      probabilities(grid, v, centres, p, 0);
      x[v] = (float) (mean[Softmax.argmax(p) % groups] + NOISE * random.nextGaussian());
    }
    field =
        new LabelField(
                f,
                prior,
                grid,
                Affine.identity(),
                warp(prior),
                ImageVector.of(x, 0, 1),
                null,
                null,
                Runtime.getRuntime().availableProcessors())
            .with(
                new IntensityModel(
                    labelGroups, componentGroups, mean, variance, weight, NOISE * NOISE, 1),
                2);
  }

  private static Grid grid(final int spacing) {
    final int[] size = new int[3];
    for (int d = 0; d < 3; d++) size[d] = MILLIMETRES[d] / spacing;
    return new Grid(size, Affine.scale(spacing, spacing, spacing), "mm");
  }

  private void probabilities(
      final Grid grid, final int voxel, final float[] centres, final float[] f) {
    probabilities(grid, voxel, centres, f, voxel * labels);
  }

  /** Regions of the nearest centre, with soft borders. */
  private void probabilities(
      final Grid grid, final int voxel, final float[] centres, final float[] out, final int at) {
    final int nx = grid.size(0), ny = grid.size(1);
    final float[] p = {
      (float) (voxel % nx) / nx,
      (float) (voxel / nx % ny) / ny,
      (float) (voxel / nx / ny) / grid.size(2)
    };
    double total = 0;
    for (int l = 0; l < labels; l++) {
      double distance = 0;
      for (int d = 0; d < 3; d++) distance += Math.pow(p[d] - centres[3 * l + d], 2);
      out[at + l] = (float) Math.exp(-200 * distance) + 1e-7f;
      total += out[at + l];
    }
    for (int l = 0; l < labels; l++) out[at + l] /= (float) total;
  }

  private static Warp warp(final Grid prior) {
    final float[][] u = new float[3][prior.voxelCount()];
    for (int v = 0; v < u[0].length; v++)
      for (int d = 0; d < 3; d++) u[d][v] = (float) Math.sin(0.1 * (v % prior.size(0)) + d);
    return new Warp(u, prior.size());
  }

  @Benchmark
  public byte[] label() {
    final LabelTally tally = new LabelTally(labels, gridSize());
    field.forEach(tally::add, Progress.NONE);
    return tally.winners();
  }

  private int[] gridSize() {
    return grid(spacing).size();
  }
}
