package org.anatomicalpriors.benchmark;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.LabelCentroids;
import org.anatomicalpriors.space.Resampler;
import org.anatomicalpriors.space.SpatialImage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A head's way to a prior's grid of 2 mm: landmarks of its label map, and resampling. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class SpaceBenchmark {

  /** Of the head, in mm. */
  @Param({"4", "2", "1"})
  public int spacing;

  @Param({"4", "17", "40"})
  public int labels;

  private final int threads = Runtime.getRuntime().availableProcessors();
  private final Grid target = Heads.grid(2);
  private final Affine turned =
      Affine.rotation(0, 1, Math.toRadians(5)).after(Affine.scale(1.02, 0.99, 1.01));
  private Grid grid;
  private byte[] map;
  private float[] image;
  private SpatialImage<UnsignedByteType> spatial;

  @Setup
  public void setUp() {
    grid = Heads.grid(spacing);
    map = new Heads(labels, 0).map(grid);
    image = new float[map.length];
    for (int v = 0; v < image.length; v++) image[v] = map[v];
    spatial =
        new SpatialImage<>(
            ArrayImgs.unsignedBytes(
                Arrays.copyOf(map, map.length), grid.size(0), grid.size(1), grid.size(2)),
            grid,
            "head");
  }

  @Benchmark
  public LabelCentroids landmarks() {
    return LabelCentroids.of(spatial, id -> id > 0, Progress.NONE);
  }

  @Benchmark
  public byte[] resampleLabels() {
    return Resampler.labels(map, grid, turned, target, threads, Progress.NONE);
  }

  @Benchmark
  public float[] resampleImage() {
    return Resampler.image(
        image,
        grid.size(),
        Resampler.targetVoxelToSourceVoxel(grid, turned, target),
        target.size(),
        threads,
        Progress.NONE);
  }
}
