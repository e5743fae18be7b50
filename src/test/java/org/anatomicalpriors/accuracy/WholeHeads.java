package org.anatomicalpriors.accuracy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.IntegerType;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.job.ResultTable;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;

/**
 * T1-like images of whole heads, drawn from label maps that hold the tissues round the brain too:
 * every second voxel, one mean for each label, noise. What the brain's surroundings look like
 * differs from head to head.
 */
final class WholeHeads implements Study {

  private static final int STEP = 2;
  private static final double NOISE = 6;

  /** Ids from here on are outside of the brain. */
  private static final int OUTSIDE = 500;

  /** Mean intensities of the compact structures in a T1 image, by the ids of either side. */
  private static final Map<Integer, Double> MEANS = new HashMap<>();

  static {
    put(198, 2, 41, 25, 57);
    put(129, 3, 42);
    put(40, 4, 5, 43, 44, 14, 15, 72, 136, 137, 163, 164, 24);
    put(193, 7, 46);
    put(123, 8, 47);
    put(163, 10, 49);
    put(131, 11, 50, 26, 58);
    put(150, 12, 51);
    put(181, 13, 52);
    put(174, 16);
    put(120, 17, 53);
    put(135, 18, 54);
    put(154, 28, 60, 85);
    put(60, 30, 62);
  }

  private final List<Path> maps;
  private final Set<Integer> ignored;
  private final List<Variant> variants;

  WholeHeads(final List<Path> maps, final Set<Integer> ignored, final List<Variant> variants) {
    this.maps = maps;
    this.ignored = ignored;
    this.variants = variants;
  }

  private static void put(final double mean, final int... ids) {
    for (final int id : ids) MEANS.put(id, mean);
  }

  @Override
  public ResultTable run(final Bench bench) throws IOException {
    final Path folder = Files.createTempDirectory("heads");
    try {
      return new Comparison(List.of(draw(folder)), variants).run(bench);
    } finally {
      try (Stream<Path> files = Files.list(folder)) {
        for (final Path file : files.collect(Collectors.toList())) Files.delete(file);
      }
      Files.delete(folder);
    }
  }

  private Group draw(final Path folder) {
    final List<Case> cases = new ArrayList<>();
    for (final Path map : maps) {
      final String base = Images.baseName(map);
      final Path image = folder.resolve(base + "_head.nii.gz");
      final Path truth = folder.resolve(base + "_truth.nii.gz");
      draw(map, image, truth, maps.indexOf(map));
      cases.add(Case.of(image, truth));
    }
    return new Group(maps.size() + " whole heads, 2 mm", cases, ignored);
  }

  private static void draw(final Path map, final Path image, final Path truth, final long seed) {
    final SpatialImage<? extends IntegerType<?>> labels = Images.openLabels(map, Progress.NONE);
    final float[] ids = VoxelRows.toFloats(labels.voxels());
    final Grid fine = labels.grid();
    final int nx = fine.size(0) / STEP, ny = fine.size(1) / STEP, nz = fine.size(2) / STEP;
    final float[] x = new float[nx * ny * nz], t = new float[x.length];
    final Random random = new Random(seed);
    final Map<Integer, Double> outside = new HashMap<>();
    for (int v = 0; v < x.length; v++) {
      final int at =
          ((v / nx / ny * STEP) * fine.size(1) + v / nx % ny * STEP) * fine.size(0) + v % nx * STEP;
      final int id = (int) ids[at];
      t[v] = id < OUTSIDE ? id : 0;
      final double mean =
          id == 0
              ? 5
              : id < OUTSIDE
                  ? MEANS.getOrDefault(id, 40.0)
                  : outside.computeIfAbsent(id, i -> 30 + 220 * random.nextDouble());
      x[v] = (float) Math.max(0, mean + NOISE * random.nextGaussian());
    }
    final Grid grid =
        new Grid(
            new int[] {nx, ny, nz},
            fine.toWorld().after(Affine.scale(STEP, STEP, STEP)),
            fine.unit());
    Images.save(new SpatialImage<>(ArrayImgs.floats(x, nx, ny, nz), grid, "head"), image);
    Images.save(new SpatialImage<>(ArrayImgs.floats(t, nx, ny, nz), grid, "truth"), truth);
  }
}
