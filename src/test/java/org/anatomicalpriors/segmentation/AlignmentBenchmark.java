package org.anatomicalpriors.segmentation;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import net.imglib2.img.array.ArrayImgs;
import org.anatomicalpriors.benchmark.Heads;
import org.anatomicalpriors.model.IntensityModel;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The alignment of a head of 160 x 192 x 224 mm, turned and moved, to an atlas on a grid of 2 mm;
 * and one gradient of its score over the voxels of a whole grid.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class AlignmentBenchmark {

  private static final int PRIOR_SPACING = 2;

  /** Of the image, in mm. */
  @Param({"4", "2", "1"})
  public int spacing;

  @Param({"4", "17", "40"})
  public int labels;

  private final int threads = Runtime.getRuntime().availableProcessors();
  private final Grid prior = Heads.grid(PRIOR_SPACING);
  private final Affine moved =
      Affine.translation(6, -8, 4).after(Affine.rotation(0, 1, Math.toRadians(8)));
  private SubjectVoxels voxels;
  private ImageAlignment alignment;
  private AlignmentScore score;

  @Setup
  public void setUp() {
    final Heads head = new Heads(labels, 0);
    final float[] atlas = head.probabilities(prior);
    final int groups = Math.min(labels, ClosedFormBenchmark.MOST_GROUPS);
    final int[] labelGroups = IntStream.range(0, labels).map(l -> l % groups).toArray();
    final Grid grid = Heads.grid(spacing);
    final short[] image = Heads.image(head.map(grid), labelGroups, 1);
    voxels =
        new SubjectVoxels(
            Subject.of(
                new SpatialImage<>(
                    ArrayImgs.shorts(image, grid.size(0), grid.size(1), grid.size(2)),
                    new Grid(grid.size(), moved.after(grid.toWorld()), grid.unit()),
                    "head")));
    alignment =
        new ImageAlignment(
            atlas,
            prior,
            labelGroups,
            groups,
            Settings.of(SegmentationSettings.ALL),
            threads,
            Progress.NONE);
    final float[] rows = new float[prior.voxelCount() * groups];
    for (int i = 0; i < atlas.length; i++)
      rows[i / labels * groups + labelGroups[i % labels]] += atlas[i];
    score =
        new AlignmentScore(
                new ProbabilityField(rows, groups, prior.size()),
                prior,
                voxels.grid(),
                voxels.vector(),
                threads)
            .from(spread(labelGroups, groups));
  }

  /** Of the twelve numbers of an affine map, one by one. */
  private static AlignmentSlope empty() {
    final double[][][] change = new double[12][3][4];
    for (int k = 0; k < change.length; k++) change[k][k / 4][k % 4] = 1;
    return new AlignmentSlope(change);
  }

  /** One Gaussian a group, their means spread over the image's scale. */
  private static IntensityModel spread(final int[] labelGroups, final int groups) {
    return new IntensityModel(
        labelGroups,
        IntStream.range(0, groups).toArray(),
        IntStream.range(0, groups).mapToDouble(g -> 2.0 * g / groups - 1).toArray(),
        IntStream.range(0, groups).mapToDouble(g -> 0.05).toArray(),
        IntStream.range(0, groups).mapToDouble(g -> 1).toArray(),
        0.05,
        1);
  }

  @Benchmark
  public Affine find() {
    return alignment.find(voxels, "head");
  }

  @Benchmark
  public double[] gradient() {
    return score.slope(moved.inverse(), empty()).gradient();
  }
}
