package org.anatomicalpriors.segmentation;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.anatomicalpriors.benchmark.Heads;
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

  private static final int PRIOR_SPACING = 2;

  /** Intensity groups, of which small numbers of labels have as many as labels. */
  public static final int MOST_GROUPS = 7;

  private static final double NOISE = 0.05;
  private static final double TEMPERATURE = 2;

  /** Of the image, in mm. */
  @Param({"4", "2", "1"})
  public int spacing;

  @Param({"4", "17", "40"})
  public int labels;

  private LabelField field;
  private int[] size;

  @Setup
  public void setUp() {
    final Grid prior = Heads.grid(PRIOR_SPACING), grid = Heads.grid(spacing);
    final Heads head = new Heads(labels, 0);
    final int groups = Math.min(labels, MOST_GROUPS);
    final double[] mean = new double[groups], variance = new double[groups];
    final double[] weight = new double[groups];
    for (int g = 0; g < groups; g++) mean[g] = (g + 0.5) / groups;
    Arrays.fill(variance, NOISE * NOISE);
    Arrays.fill(weight, 1);
    final Random random = new Random(1);
    final byte[] map = head.map(grid);
    final float[] x = new float[map.length];
    for (int v = 0; v < x.length; v++)
      x[v] = (float) (mean[map[v] % groups] + NOISE * random.nextGaussian());
    size = grid.size();
    field =
        new LabelField(
                head.probabilities(prior),
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
                    IntStream.range(0, labels).map(l -> l % groups).toArray(),
                    IntStream.range(0, groups).toArray(),
                    mean,
                    variance,
                    weight,
                    NOISE * NOISE,
                    1),
                TEMPERATURE);
  }

  private static Warp warp(final Grid prior) {
    final float[][] u = new float[3][prior.voxelCount()];
    for (int v = 0; v < u[0].length; v++)
      for (int d = 0; d < 3; d++) u[d][v] = (float) Math.sin(0.1 * (v % prior.size(0)) + d);
    return new Warp(u, prior.size());
  }

  @Benchmark
  public byte[] label() {
    final LabelTally tally = new LabelTally(labels, size);
    field.forEach(tally::add, Progress.NONE);
    tally.confidence();
    return tally.winners();
  }
}
