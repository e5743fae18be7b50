package org.anatomicalpriors.evaluation;

import static org.anatomicalpriors.evaluation.LabelMaps.ball;
import static org.anatomicalpriors.evaluation.LabelMaps.box;
import static org.anatomicalpriors.evaluation.LabelMaps.empty;
import static org.anatomicalpriors.evaluation.LabelMaps.grid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.IntType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.labels.Label;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.junit.jupiter.api.Test;

class EvaluationTest {

  private static final Grid GRID = grid(new int[] {20, 16, 12}, 1, 2, 3);

  private static LabelScore score(
      final SpatialImage<IntType> reference, final SpatialImage<IntType> map, final int id) {
    return Evaluation.ofAllIds().evaluate(reference, map).labels().stream()
        .filter(l -> l.id() == id)
        .findFirst()
        .orElseThrow(AssertionError::new);
  }

  @Test
  void identicalMapsScorePerfectly() {
    final SpatialImage<IntType> map = ball(empty("a", GRID), 7, 8, 9, 15, 15);
    final LabelScore score = score(map, map, 7);
    assertEquals(1, score.dice());
    assertEquals(0, score.get(Measure.HAUSDORFF_95));
    assertEquals(0, score.get(Measure.SURFACE_DISTANCE));
    assertEquals(0, score.get(Measure.VOLUME_DIFFERENCE));
    assertEquals(0, score.get(Measure.VOLUME_DIFFERENCE_PERCENT));
  }

  /** Two plates one voxel thick are all surface: every distance is the shift. */
  @Test
  void shiftedPlatesAreTheShiftApart() {
    final SpatialImage<IntType> a = box(empty("a", GRID), 1, ints(2, 3, 2), ints(12, 12, 2));
    final SpatialImage<IntType> b = box(empty("b", GRID), 1, ints(2, 3, 5), ints(12, 12, 5));
    final LabelScore score = score(a, b, 1);
    assertEquals(0, score.dice());
    assertEquals(9, score.get(Measure.HAUSDORFF_95), 1e-12);
    assertEquals(9, score.get(Measure.SURFACE_DISTANCE), 1e-12);
  }

  /** A 4 x 4 x 4 cube moved by one voxel of 2 mm shares 48 voxels. */
  @Test
  void shiftedCubeHasTheDiceAndVolumesOfItsOverlap() {
    final SpatialImage<IntType> a = box(empty("a", GRID), 1, ints(2, 3, 2), ints(5, 6, 5));
    final SpatialImage<IntType> b = box(empty("b", GRID), 1, ints(2, 4, 2), ints(5, 7, 5));
    final LabelScore score = score(a, b, 1);
    assertEquals(48 / 64.0, score.dice(), 1e-12);
    assertEquals(64 * 6, score.get(Measure.REFERENCE_VOLUME), 1e-9);
    assertEquals(0, score.get(Measure.VOLUME_DIFFERENCE), 1e-9);
    // 16 of 56 surface voxels of either cube are uncovered, 2 mm off the other's nearest face.
    final double[] expected = bruteForce(a, b);
    assertEquals(expected[0], score.get(Measure.HAUSDORFF_95), 1e-12);
    assertEquals(expected[1], score.get(Measure.SURFACE_DISTANCE), 1e-12);
    assertEquals(2, score.get(Measure.HAUSDORFF_95), 1e-12);
  }

  /** Half of a bar: volume difference and the distance of the far end are known. */
  @Test
  void halfABarLacksHalfTheVolume() {
    final SpatialImage<IntType> a = box(empty("a", GRID), 1, ints(0, 5, 5), ints(19, 5, 5));
    final SpatialImage<IntType> b = box(empty("b", GRID), 1, ints(0, 5, 5), ints(9, 5, 5));
    final LabelScore score = score(a, b, 1);
    assertEquals(2.0 / 3, score.dice(), 1e-12);
    assertEquals(-60, score.get(Measure.VOLUME_DIFFERENCE), 1e-9);
    assertEquals(-50, score.get(Measure.VOLUME_DIFFERENCE_PERCENT), 1e-9);
    // Distances from a: ten zeros, then 1 to 10; rank 0.95 * 19 = 18.05. From b: ten zeros.
    assertEquals(9.05, score.get(Measure.HAUSDORFF_95), 1e-12);
    assertEquals(55 / 30.0, score.get(Measure.SURFACE_DISTANCE), 1e-12);
  }

  @Test
  void concentricBallsAreTheirRadiiApart() {
    final Grid fine = grid(new int[] {50, 50, 50}, 0.5, 0.5, 0.5);
    final SpatialImage<IntType> a = ball(empty("a", fine), 1, 10, 12, 12, 12);
    final SpatialImage<IntType> b = ball(empty("b", fine), 1, 7, 12, 12, 12);
    final LabelScore score = score(a, b, 1);
    assertEquals(2 * 343 / 1343.0, score.dice(), 0.01);
    assertEquals(3, score.get(Measure.SURFACE_DISTANCE), 0.15);
    assertEquals(3, score.get(Measure.HAUSDORFF_95), 0.5);
  }

  @Test
  void randomShapesEqualBruteForce() {
    for (int seed = 0; seed < 10; seed++) {
      final Random random = new Random(seed);
      final Grid grid = grid(new int[] {8, 7, 5}, 1.5, 0.7, 2.2);
      final SpatialImage<IntType> a = empty("a", grid), b = empty("b", grid);
      for (final SpatialImage<IntType> map : Arrays.asList(a, b))
        map.voxels().forEach(t -> t.set(random.nextInt(3)));
      final LabelScore score = score(a, b, 1);
      final double[] expected = bruteForce(a, b);
      assertEquals(expected[0], score.get(Measure.HAUSDORFF_95), 1e-9);
      assertEquals(expected[1], score.get(Measure.SURFACE_DISTANCE), 1e-9);
    }
  }

  @Test
  void voxelsOfASliceHaveNoNeighboursAcrossIt() {
    final Grid slice = grid(new int[] {20, 16, 1}, 1, 1, 1);
    final SpatialImage<IntType> a = box(empty("a", slice), 1, ints(2, 2, 0), ints(10, 10, 0));
    final SpatialImage<IntType> b = box(empty("b", slice), 1, ints(6, 6, 0), ints(6, 6, 0));
    // The border of the 9 x 9 square: 32 voxels; the nearest of them is 4 away from its centre.
    double sum = 4;
    for (int i = -4; i < 4; i++) sum += 4 * Math.hypot(i, 4);
    assertEquals(sum / 33, score(a, b, 1).get(Measure.SURFACE_DISTANCE), 1e-12);
  }

  @Test
  void absentLabelsHaveNoDistancesAndStayOutOfTheMeanOnlyIfAbsentInBoth() {
    final LabelSet set =
        new LabelSet(
            List.of(
                label(0, "background", 0),
                label(1, "one", 1, 11),
                label(2, "two", 2),
                label(3, "three", 3)));
    final SpatialImage<IntType> a = empty("a", GRID), b = empty("b", GRID);
    box(a, 11, ints(0, 0, 0), ints(3, 3, 3));
    box(b, 1, ints(0, 0, 0), ints(3, 3, 3));
    box(a, 2, ints(8, 8, 8), ints(9, 9, 9));
    box(a, 99, ints(15, 8, 8), ints(16, 9, 9)); // not in the set: background
    final FileScores scores = Evaluation.of(set).evaluate(a, b);
    assertEquals(
        List.of("one", "two", "three"),
        scores.labels().stream().map(LabelScore::name).collect(Collectors.toList()));
    assertEquals(1, scores.labels().get(0).dice());
    assertEquals(0, scores.labels().get(1).dice());
    assertTrue(Double.isNaN(scores.labels().get(1).get(Measure.HAUSDORFF_95)));
    assertEquals(-100, scores.labels().get(1).get(Measure.VOLUME_DIFFERENCE_PERCENT));
    assertTrue(Double.isNaN(scores.labels().get(2).dice()));
    assertEquals(0.5, scores.meanDice());
    assertEquals(1, Evaluation.of(set).ignoring(List.of(2)).evaluate(a, b).meanDice());
  }

  @Test
  void differentGridsAreRefusedWithBothDescribed() {
    final Grid moved =
        new Grid(GRID.size(), Affine.translation(1, 0, 0).after(GRID.toWorld()), "mm");
    final String message =
        assertThrows(
                InvalidInputException.class,
                () ->
                    Evaluation.ofAllIds()
                        .evaluate(empty("truth.nii", GRID), empty("result.nii", moved)))
            .getMessage();
    assertEquals(
        "The segmentation result.nii ("
            + moved
            + ", first voxel at 1.000, 0.000, 0.000, axes RAS)"
            + " does not lie on the grid of its reference truth.nii ("
            + GRID
            + ", first voxel at 0.000, 0.000, 0.000, axes RAS);"
            + " resample one of them to the other's grid first.",
        message);
    final Grid larger = grid(new int[] {21, 16, 12}, 1, 2, 3);
    assertThrows(
        InvalidInputException.class,
        () -> Evaluation.ofAllIds().evaluate(empty("a", GRID), empty("b", larger)));
    final Grid rounded =
        new Grid(GRID.size(), Affine.translation(1e-4, 0, 0).after(GRID.toWorld()), "mm");
    assertTrue(
        Evaluation.ofAllIds().evaluate(empty("a", GRID), empty("b", rounded)).labels().isEmpty());
  }

  @Test
  void intensitiesAreRefusedAsLabels() {
    final float[] values = new float[GRID.voxelCount()];
    values[5] = 0.25f;
    final InvalidInputException e =
        assertThrows(
            InvalidInputException.class,
            () ->
                Evaluation.ofAllIds()
                    .evaluate(
                        empty("a", GRID),
                        new SpatialImage<>(ArrayImgs.floats(values, 20, 16, 12), GRID, "t1.nii")));
    assertTrue(e.getMessage().startsWith("t1.nii holds the value 0.25"), e.getMessage());
  }

  @Test
  void reportAveragesOverFiles() {
    final SpatialImage<IntType> a = box(empty("a", GRID), 1, ints(0, 0, 0), ints(3, 0, 0));
    final SpatialImage<IntType> half = box(empty("b", GRID), 1, ints(0, 0, 0), ints(1, 0, 0));
    final Evaluation evaluation = Evaluation.ofAllIds();
    final EvaluationReport report =
        new EvaluationReport(List.of(evaluation.evaluate(a, a), evaluation.evaluate(a, half)));
    assertEquals(5 / 6.0, report.overFiles(1, Measure.DICE).mean(), 1e-12);
    assertEquals(Math.sqrt(2) / 6, report.overFiles(1, Measure.DICE).sd(), 1e-12);
    assertEquals(5 / 6.0, report.overFiles(Measure.DICE).mean(), 1e-12);
  }

  private static Label label(final int id, final String name, final Integer... sources) {
    return new Label(id, name, 0xff0000, List.of(sources), name, id);
  }

  private static int[] ints(final int... v) {
    return v;
  }

  /** HD95 and ASD of label 1, each pair of surface voxels compared. */
  private static double[] bruteForce(final SpatialImage<IntType> a, final SpatialImage<IntType> b) {
    final List<double[]> sa = surface(a), sb = surface(b);
    final double[] ab = nearest(sa, sb), ba = nearest(sb, sa);
    final double sum = Arrays.stream(ab).sum() + Arrays.stream(ba).sum();
    return new double[] {
      Math.max(percentile95(ab), percentile95(ba)), sum / (ab.length + ba.length)
    };
  }

  private static List<double[]> surface(final SpatialImage<IntType> map) {
    final List<double[]> points = new ArrayList<>();
    final Grid g = map.grid();
    for (int z = 0; z < g.size(2); z++)
      for (int y = 0; y < g.size(1); y++)
        for (int x = 0; x < g.size(0); x++)
          if (is(map, x, y, z)
              && !(is(map, x - 1, y, z)
                  && is(map, x + 1, y, z)
                  && is(map, x, y - 1, z)
                  && is(map, x, y + 1, z)
                  && is(map, x, y, z - 1)
                  && is(map, x, y, z + 1))) points.add(g.toWorld().apply(x, y, z));
    return points;
  }

  private static boolean is(
      final SpatialImage<IntType> map, final int x, final int y, final int z) {
    final Grid g = map.grid();
    return x >= 0
        && y >= 0
        && z >= 0
        && x < g.size(0)
        && y < g.size(1)
        && z < g.size(2)
        && map.voxels().getAt(x, y, z).get() == 1;
  }

  private static double[] nearest(final List<double[]> from, final List<double[]> to) {
    return from.stream()
        .mapToDouble(
            p ->
                to.stream()
                    .mapToDouble(
                        q ->
                            Math.sqrt(
                                Math.pow(p[0] - q[0], 2)
                                    + Math.pow(p[1] - q[1], 2)
                                    + Math.pow(p[2] - q[2], 2)))
                    .min()
                    .getAsDouble())
        .sorted()
        .toArray();
  }

  private static double percentile95(final double[] sorted) {
    final double rank = 0.95 * (sorted.length - 1);
    final int k = (int) Math.floor(rank);
    return k + 1 < sorted.length
        ? (1 - (rank - k)) * sorted[k] + (rank - k) * sorted[k + 1]
        : sorted[k];
  }
}
