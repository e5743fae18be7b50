package org.anatomicalpriors.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.progress.Progress;
import org.junit.jupiter.api.Test;

class CentroidAlignmentTest {

  /** Ids 1 to 8 on the right mirror 101 to 108 on the left; 20 to 23 lie in the middle. */
  private static Map<Integer, double[]> anatomy() {
    final Random random = new Random(5);
    final Map<Integer, double[]> points = new TreeMap<>();
    for (int i = 1; i <= 8; i++) {
      final double x = 10 + 40 * random.nextDouble();
      final double y = 60 * random.nextGaussian(), z = 40 * random.nextGaussian();
      points.put(i, new double[] {x, y, z});
      points.put(100 + i, new double[] {-x, y, z});
    }
    for (int i = 20; i < 24; i++)
      points.put(i, new double[] {0, 50 * random.nextGaussian(), 40 * random.nextGaussian()});
    return points;
  }

  private static List<int[]> pairs() {
    final List<int[]> pairs = new ArrayList<>();
    for (int i = 1; i <= 8; i++) {
      pairs.add(new int[] {i, 100 + i});
      pairs.add(new int[] {i, 100 + i % 8 + 1}); // a wrong candidate
    }
    return pairs;
  }

  private static Affine randomAffine(final Random r, final double size) {
    final double[][] rows = new double[3][4];
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 4; j++)
        rows[i][j] = j == 3 ? 100 * r.nextGaussian() : (i == j ? 1 : 0) + size * r.nextGaussian();
    return Affine.ofRows(rows);
  }

  private static Map<Integer, double[]> map(
      final Map<Integer, double[]> points,
      final Affine affine,
      final double noise,
      final Random r) {
    final Map<Integer, double[]> mapped = new TreeMap<>();
    points.forEach(
        (id, p) -> {
          final double[] q = affine.apply(p);
          for (int d = 0; d < 3; d++) q[d] += noise * r.nextGaussian();
          mapped.put(id, q);
        });
    return mapped;
  }

  private static LandmarkReference reference(final Map<Integer, double[]> points) {
    return new LandmarkReference(points, Map.of(), false, 0, 0);
  }

  @Test
  void recoversAnAffineExactly() {
    final Random random = new Random(1);
    for (int trial = 0; trial < 20; trial++) {
      final Affine truth = randomAffine(random, 0.12);
      final LandmarkFit fit =
          reference(anatomy())
              .fit(LabelCentroids.of(map(anatomy(), truth.inverse(), 0, random)), "map");
      assertEquals(LandmarkFit.Method.AFFINE, fit.method());
      assertTrue(fit.toCommon().isNear(truth, 1e-4), fit.toCommon() + " is not " + truth);
      assertTrue(fit.maxResidual() < 1e-3);
    }
  }

  @Test
  void outliersDoNotPull() {
    final Random random = new Random(2);
    final Affine truth = randomAffine(random, 0.08);
    final Map<Integer, double[]> moved = map(anatomy(), truth.inverse(), 0.3, random);
    moved.get(3)[0] += 40;
    moved.get(104)[1] -= 60;
    moved.get(21)[2] += 30;
    moved.remove(7);
    moved.remove(22);
    final LandmarkFit fit = reference(anatomy()).fit(LabelCentroids.of(moved), "map");
    assertEquals(18, fit.landmarks());
    assertEquals(104, fit.idOfMaxResidual());
    for (final int id : new int[] {1, 5, 23, 106}) {
      final double[] p = anatomy().get(id);
      final double error = Landmarks.distance(fit.toCommon().apply(truth.inverse().apply(p)), p);
      assertTrue(error < 1, "landmark " + id + " is off by " + error);
    }
  }

  @Test
  void transformedCopiesMeetInASymmetricMeanSpace() {
    final Random random = new Random(3);
    final List<LabelCentroids> maps = new ArrayList<>();
    final List<String> names = new ArrayList<>();
    for (int m = 0; m < 7; m++) {
      final Map<Integer, double[]> points = map(anatomy(), randomAffine(random, 0.06), 0, random);
      if (m > 3) points.remove(m);
      maps.add(LabelCentroids.of(points));
      names.add("map " + m);
    }
    final CentroidAlignment alignment =
        CentroidAlignment.of(maps, names, pairs(), 2, Progress.NONE);
    double logVolume = 0;
    for (int m = 0; m < 7; m++) {
      final LandmarkFit fit = alignment.fits().get(m);
      assertTrue(fit.maxResidual() < 0.05, fit.toString());
      logVolume += Math.log(fit.toCommon().determinant());
    }
    assertEquals(0, logVolume / 7, 1e-3, "the common space has the maps' mean size");
    assertTrue(alignment.isSymmetric());
    final Map<Integer, double[]> reference = alignment.reference().positions();
    for (int i = 1; i <= 8; i++) {
      assertEquals(100 + i, alignment.partners().get(i));
      final double[] right = reference.get(i), left = reference.get(100 + i);
      assertEquals(-right[0], left[0], 1e-9);
      assertEquals(right[1], left[1], 1e-9);
      assertEquals(right[2], left[2], 1e-9);
      assertTrue(right[0] > 0, "the right side keeps positive x");
    }
    for (int i = 20; i < 24; i++) assertEquals(0, reference.get(i)[0], 1e-9);
  }

  @Test
  void noisyMapsAlignToWithinTheirNoise() {
    final Random random = new Random(4);
    final List<LabelCentroids> maps = new ArrayList<>();
    final List<String> names = new ArrayList<>();
    for (int m = 0; m < 10; m++) {
      maps.add(LabelCentroids.of(map(anatomy(), randomAffine(random, 0.05), 1, random)));
      names.add("map " + m);
    }
    final CentroidAlignment alignment =
        CentroidAlignment.of(maps, names, pairs(), 2, Progress.NONE);
    for (final LandmarkFit fit : alignment.fits()) {
      assertTrue(fit.meanResidual() < 2 && fit.meanResidual() > 0.5, fit.toString());
      assertEquals(LandmarkFit.Method.AFFINE, fit.method());
    }
  }

  @Test
  void unitsDoNotMatter() {
    final Random random = new Random(4);
    final List<LabelCentroids> mm = new ArrayList<>(), um = new ArrayList<>();
    final List<String> names = new ArrayList<>();
    for (int m = 0; m < 5; m++) {
      final Map<Integer, double[]> points = map(anatomy(), randomAffine(random, 0.05), 1, random);
      mm.add(LabelCentroids.of(points));
      um.add(LabelCentroids.of(map(points, Affine.scale(1000, 1000, 1000), 0, random)));
      names.add("map " + m);
    }
    final CentroidAlignment a = CentroidAlignment.of(mm, names, pairs(), 2, Progress.NONE);
    final CentroidAlignment b = CentroidAlignment.of(um, names, pairs(), 2, Progress.NONE);
    for (int m = 0; m < 5; m++)
      assertEquals(1000 * a.fits().get(m).meanResidual(), b.fits().get(m).meanResidual(), 0.1);
  }

  @Test
  void fewerLandmarksGiveSimplerMaps() {
    final Map<Integer, double[]> three = new TreeMap<>();
    three.put(1, new double[] {10, 0, 0});
    three.put(2, new double[] {0, 20, 0});
    three.put(3, new double[] {0, 0, 30});
    final LandmarkReference reference = reference(three);
    final double c = Math.cos(0.3), s = Math.sin(0.3);
    final Affine turn =
        Affine.ofRows(
            new double[] {1.1 * c, -1.1 * s, 0, 5},
            new double[] {1.1 * s, 1.1 * c, 0, 6},
            new double[] {0, 0, 1.1, 7});
    final LandmarkFit similarity =
        reference.fit(LabelCentroids.of(map(three, turn.inverse(), 0, new Random(0))), "map");
    assertEquals(LandmarkFit.Method.SIMILARITY, similarity.method());
    assertTrue(similarity.toCommon().isNear(turn, 1e-5), similarity.toCommon().toString());

    final Map<Integer, double[]> one = Map.of(2, new double[] {1, 1, 1});
    final LandmarkFit translation = reference.fit(LabelCentroids.of(one), "map");
    assertEquals(LandmarkFit.Method.TRANSLATION, translation.method());
    assertTrue(translation.toCommon().isNear(Affine.translation(-1, 19, -1), 1e-9));

    final InvalidInputException e =
        assertThrows(
            InvalidInputException.class,
            () -> reference.fit(LabelCentroids.of(Map.of(9, new double[3])), "brain.nii"));
    assertTrue(e.getMessage().startsWith("brain.nii shares no label"), e.getMessage());
  }

  @Test
  void oneLabelIsScaledByItsVoxels() {
    final LabelCentroids small = LabelCentroids.of(box(10, 6), i -> true, Progress.NONE);
    final LabelCentroids large = LabelCentroids.of(box(20, 12), i -> true, Progress.NONE);
    final LandmarkReference reference =
        new LandmarkReference(
            Map.of(5, small.centroid(5)), Map.of(), false, 0, small.foregroundRadius());
    final LandmarkFit fit = reference.fit(large, "map");
    assertEquals(LandmarkFit.Method.SCALE, fit.method());
    assertEquals(0.5, fit.toCommon().get(0, 0), 0.01);
    assertEquals(0, fit.maxResidual(), 1e-9);
  }

  /** Label 5 fills x from 2 for {@code length} voxels and a square of {@code width} in y, z. */
  private static SpatialImage<UnsignedByteType> box(final int length, final int width) {
    final ArrayImg<UnsignedByteType, ByteArray> image = ArrayImgs.unsignedBytes(24, 16, 16);
    for (int x = 2; x < 2 + length; x++)
      for (int y = 1; y <= width; y++) for (int z = 1; z <= width; z++) image.getAt(x, y, z).set(5);
    return new SpatialImage<>(
        image, new Grid(new int[] {24, 16, 16}, Affine.identity(), "mm"), "box");
  }

  @Test
  void flatMapsAlignInTheirPlane() {
    final Map<Integer, double[]> flat = new TreeMap<>();
    anatomy().forEach((id, p) -> flat.put(id, new double[] {p[0], p[1], 3}));
    final Affine truth =
        Affine.ofRows(
            new double[] {1.1, 0.1, 0, 4},
            new double[] {-0.2, 0.9, 0, 5},
            new double[] {0, 0, 1, 6});
    final LandmarkFit fit =
        reference(flat).fit(LabelCentroids.of(map(flat, truth.inverse(), 0, new Random(0))), "map");
    assertEquals(LandmarkFit.Method.AFFINE, fit.method());
    assertTrue(fit.maxResidual() < 1e-3, fit.toString());
    assertTrue(fit.toCommon().determinant() > 0);
    for (int i = 0; i < 2; i++) {
      assertEquals(0, fit.toCommon().get(i, 2), 1e-6, "stays in the plane");
      assertEquals(0, fit.toCommon().get(2, i), 1e-6, "stays in the plane");
    }
  }

  @Test
  void neverMirrors() {
    final Map<Integer, double[]> swapped = map(anatomy(), Affine.scale(-1, 1, 1), 0, new Random(0));
    final LandmarkFit fit = reference(anatomy()).fit(LabelCentroids.of(swapped), "map");
    assertTrue(fit.toCommon().determinant() > 0, fit.toString());
    assertEquals(LandmarkFit.Method.SIMILARITY, fit.method());
  }

  @Test
  void centroidsInWorldCoordinates() {
    final Grid grid =
        new Grid(
            new int[] {24, 16, 16},
            Affine.translation(100, 0, -5).after(Affine.scale(-2, 1, 3)),
            "mm");
    final LabelCentroids c =
        LabelCentroids.of(
            new SpatialImage<>(box(10, 6).voxels(), grid, "box"), i -> true, Progress.NONE);
    assertEquals(360, c.count(5));
    assertEquals(100 - 2 * 6.5, c.centroid(5)[0], 1e-9);
    assertEquals(3.5, c.centroid(5)[1], 1e-9);
    assertEquals(3 * 3.5 - 5, c.centroid(5)[2], 1e-9);
    assertEquals(2 * Math.sqrt(99 / 12.0), c.extent(5, new double[] {1, 0, 0}), 1e-9);
    assertTrue(LabelCentroids.of(box(10, 6), i -> i != 5, Progress.NONE).ids().isEmpty());
  }

  @Test
  void sidesOfMergedLabelsGiveTheWidth() {
    // Pairs of blobs under one id: all centroids in the plane x = 0, yet the width is known.
    final List<LabelCentroids> maps = new ArrayList<>();
    for (final double width : new double[] {0.9, 1, 1.1111}) {
      final ArrayImg<UnsignedByteType, ByteArray> image = ArrayImgs.unsignedBytes(61, 40, 40);
      final int[][] blobs = {{12, 8, 9}, {18, 30, 12}, {9, 20, 30}, {20, 12, 25}, {14, 33, 33}};
      for (int b = 0; b < blobs.length; b++)
        for (final int side : new int[] {-1, 1})
          for (int x = -3; x <= 3; x++)
            for (int y = -3; y <= 3; y++)
              for (int z = -3; z <= 3; z++)
                image
                    .getAt(30 + side * blobs[b][0] + x, blobs[b][1] + y, blobs[b][2] + z)
                    .set(b + 1);
      final Affine toWorld = Affine.translation(50, 0, 0).after(Affine.scale(width, 1, 1));
      maps.add(
          LabelCentroids.of(
              new SpatialImage<>(image, new Grid(new int[] {61, 40, 40}, toWorld, "mm"), "map"),
              i -> true,
              Progress.NONE));
    }
    final CentroidAlignment alignment =
        CentroidAlignment.of(maps, List.of("a", "b", "c"), List.of(), 2, Progress.NONE);
    assertTrue(alignment.reference().isTwoSided());
    assertTrue(alignment.isSymmetric());
    assertEquals(1 / 0.9, alignment.fits().get(0).toCommon().get(0, 0), 0.02);
    assertEquals(0.9, alignment.fits().get(2).toCommon().get(0, 0), 0.02);
    assertEquals(0, alignment.fits().get(1).toCommon().apply(80, 20, 20)[0], 0.01);
  }

  @Test
  void noPairsMeansNoSymmetry() {
    final List<LabelCentroids> maps =
        List.of(LabelCentroids.of(anatomy()), LabelCentroids.of(anatomy()));
    final CentroidAlignment alignment =
        CentroidAlignment.of(maps, List.of("a", "b"), List.of(), 2, Progress.NONE);
    assertFalse(alignment.isSymmetric());
    assertTrue(alignment.partners().isEmpty());
  }
}
