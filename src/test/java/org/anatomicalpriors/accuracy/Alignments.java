package org.anatomicalpriors.accuracy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.job.ResultTable;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.segmentation.Segmenter;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;

/**
 * From which headers an image is still found: its header is moved at random, and the map to the
 * prior's space that is found, compared with the one from the right header.
 */
final class Alignments implements Study {

  /** Mean distance of the two maps over the anatomy from which one has failed. */
  private static final double FAILED_MM = 5;

  private final Variant variant;
  private final List<Case> cases;
  private final int draws;

  /**
   * @param draws headers an image and kind
   */
  Alignments(final Variant variant, final List<Case> cases, final int draws) {
    this.variant = variant;
    this.cases = cases;
    this.draws = draws;
  }

  private interface Headers {
    Affine draw(SplittableRandom random);
  }

  @Override
  public ResultTable run(final Bench bench) throws IOException {
    final ResultTable table =
        new ResultTable(
                "alignment",
                "header",
                "starts",
                "failed",
                "median distance (mm)",
                "largest not failed")
            .decimals(0, 0, 0, 2, 2);
    try (AnatomicalPrior model = bench.open(variant.model())) {
      final Segmenter segmenter = Segmenter.of(model, variant.settings());
      final List<Affine> right = new ArrayList<>();
      for (final Case c : cases) right.add(find(segmenter, c, bench));
      add(table, "up to 10 degrees, 15 mm, 7.5 %", r -> affine(r, 0.5), segmenter, right, bench);
      add(table, "up to 20 degrees, 30 mm, 15 %", r -> affine(r, 1), segmenter, right, bench);
      add(
          table,
          "any axis orientation, and up to 10 mm",
          r -> translation(r, 10).after(orientation(r.nextInt(24))),
          segmenter,
          right,
          bench);
    }
    return table;
  }

  private static Affine find(final Segmenter segmenter, final Case c, final Bench bench) {
    return segmenter.segment(c.image(), bench.progress()).toCommon();
  }

  private void add(
      final ResultTable table,
      final String kind,
      final Headers headers,
      final Segmenter segmenter,
      final List<Affine> right,
      final Bench bench) {
    final List<Double> good = new ArrayList<>();
    final List<Double> all = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++)
      for (int d = 0; d < draws; d++) {
        final SplittableRandom random = new SplittableRandom(1000L * i + d);
        final Case c = cases.get(i);
        final Affine moved = headers.draw(random);
        final Affine found = find(segmenter, c.moved(moved), bench).after(moved);
        final double distance = distance(c, found, right.get(i));
        bench.progress().log(kind + ": " + c.name() + " " + d + ": " + distance + " mm");
        all.add(distance);
        if (distance < FAILED_MM) good.add(distance);
      }
    all.sort(null);
    good.sort(null);
    table.row(
        kind,
        all.size(),
        all.size() - good.size(),
        all.get(all.size() / 2),
        good.isEmpty() ? Double.NaN : good.get(good.size() - 1));
  }

  /** Mean distance of two maps over the voxels of the anatomy. */
  private static double distance(final Case c, final Affine a, final Affine b) {
    final SpatialImage<? extends RealType<?>> truth = c.truth();
    final Grid grid = truth.grid();
    final float[] ids = VoxelRows.toFloats(truth.voxels());
    final Affine toA = a.after(grid.toWorld()), toB = b.after(grid.toWorld());
    final int nx = grid.size(0), ny = grid.size(1);
    double sum = 0;
    int n = 0;
    for (int v = 0; v < ids.length; v++) {
      if (ids[v] == 0) continue;
      final double[] q = toA.apply(v % nx, v / nx % ny, v / nx / ny);
      final double[] r = toB.apply(v % nx, v / nx % ny, v / nx / ny);
      sum += Math.hypot(Math.hypot(q[0] - r[0], q[1] - r[1]), q[2] - r[2]);
      n++;
    }
    return sum / n;
  }

  /** Rotations about all axes, a shift and a scale, each up to the limits times {@code size}. */
  private static Affine affine(final SplittableRandom r, final double size) {
    Affine a = translation(r, 30 * size);
    for (int axis = 0; axis < 3; axis++)
      a =
          a.after(
              Affine.rotation(
                  (axis + 1) % 3, (axis + 2) % 3, Math.toRadians(20 * size) * r.nextDouble(-1, 1)));
    final double scale = 1 + 0.15 * size * r.nextDouble(-1, 1);
    return a.after(Affine.scale(scale, scale, scale));
  }

  private static Affine translation(final SplittableRandom r, final double mm) {
    return Affine.translation(
        mm * r.nextDouble(-1, 1), mm * r.nextDouble(-1, 1), mm * r.nextDouble(-1, 1));
  }

  /** One of the 24 rotations that map axes to axes. */
  private static Affine orientation(final int which) {
    final int[][] up = {{0, 0}, {0, 1}, {0, 2}, {0, 3}, {1, 1}, {1, 3}};
    final int[] first = up[which / 4];
    return Affine.rotation(0, 1, which % 4 * Math.PI / 2)
        .after(Affine.rotation((first[0] + 1) % 3, (first[0] + 2) % 3, first[1] * Math.PI / 2));
  }
}
