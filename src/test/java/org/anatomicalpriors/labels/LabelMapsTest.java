package org.anatomicalpriors.labels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.IntType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.util.Util;
import net.imglib2.view.Views;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.progress.LoggedProgress;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.LabelCentroids;
import org.anatomicalpriors.space.SpatialImage;
import org.junit.jupiter.api.Test;

class LabelMapsTest {

  private static final int[] SIZE = {4, 3, 2};
  private static final Grid GRID = new Grid(SIZE, Affine.identity(), "mm");

  private static SpatialImage<? extends RealType<?>> map(final double... firstValues) {
    final float[] values = new float[24];
    for (int i = 0; i < firstValues.length; i++) values[i] = (float) firstValues[i];
    return new SpatialImage<>(ArrayImgs.floats(values, 4, 3, 2), GRID, "case 7");
  }

  private static LabelSet set(final Label... labels) {
    final List<Label> all = new ArrayList<>();
    all.add(LabelMaps.background(List.of(0, 85)));
    all.addAll(List.of(labels));
    return new LabelSet(all);
  }

  private static Label label(final int id, final Integer... merged) {
    final List<Integer> sources = new ArrayList<>(List.of(id));
    sources.addAll(List.of(merged));
    return new Label(id, "n" + id, 0, sources, "g", id);
  }

  private static String refusal(final Runnable work) {
    return assertThrows(InvalidInputException.class, work::run).getMessage();
  }

  @Test
  void labelSetFromTheIdsThatOccur() {
    final LabelSet set =
        LabelMaps.fromMaps(List.of(map(0, 12, 3, 12), map(40000, 3)), Progress.NONE);
    assertEquals(4, set.size());
    assertEquals("label 12", set.get(2).name());
    assertEquals(3, set.indexOf(40000));
    assertEquals(List.of(3), set.get(1).sourceIds());
  }

  @Test
  void valuesThatAreNoLabelsAreRefusedByName() {
    for (final double bad : new double[] {0.5, -1, Double.NaN, Double.POSITIVE_INFINITY, 3e9}) {
      final String message =
          refusal(() -> LabelMaps.fromMaps(List.of(map(1, 2, 0, 0, 1, bad)), Progress.NONE));
      assertTrue(message.startsWith("case 7 holds the value"), message);
      assertTrue(message.contains("at voxel (1, 1, 0)"), message);
    }
  }

  @Test
  void emptyMapsAndTooManyLabelsAreRefused() {
    assertTrue(
        refusal(() -> LabelMaps.fromMaps(List.of(map(1), map()), Progress.NONE))
            .contains("case 7 holds background (0) only"));
    final List<Integer> ids = IntStream.range(0, 256).boxed().collect(Collectors.toList());
    assertTrue(refusal(() -> LabelMaps.fromIds(ids)).contains("255 different labels; at most 254"));
    assertEquals(255, LabelMaps.fromIds(ids.subList(0, 255)).size());
  }

  @Test
  void indicesMergeSourcesAndReportUnknownIds() {
    final List<String> log = new ArrayList<>();
    final Progress progress = new LoggedProgress(log);
    final byte[] indices =
        LabelMaps.toIndices(
            map(2, 41, 41, 3, 85, 502, 502, 77, 502), set(label(2, 41), label(3)), progress);
    assertArrayEquals(new byte[] {1, 1, 1, 2, 0, 0, 0, 0, 0}, Arrays.copyOf(indices, 9));
    assertEquals(1, log.size(), log.toString());
    assertTrue(log.get(0).startsWith("case 7: 4 voxels of 2 ids"), log.get(0));
    assertTrue(log.get(0).contains("(77, 502)"), log.get(0));
  }

  @Test
  void mapsWithoutTheSetsLabelsAreRefused() {
    final String message =
        refusal(() -> LabelMaps.toIndices(map(5, 6), set(label(2), label(3)), Progress.NONE));
    assertTrue(message.contains("case 7 holds none of the label set's structures"), message);
    assertTrue(message.contains("its ids are 5, 6; the set's are 2, 3"), message);
  }

  @Test
  void allStoragesReadAlike() {
    final LabelSet set = set(label(1), label(7), label(200));
    final int[] ids = new int[24];
    for (int i = 0; i < 24; i++) ids[i] = new int[] {0, 1, 7, 200}[i * i % 4 * 7 % 4];
    final byte[] expected = new byte[24];
    for (int i = 0; i < 24; i++) expected[i] = (byte) set.indexOf(ids[i]);
    final List<Img<? extends RealType<?>>> images =
        List.of(
            ArrayImgs.unsignedBytes(4, 3, 2),
            ArrayImgs.shorts(4, 3, 2),
            ArrayImgs.unsignedShorts(4, 3, 2),
            ArrayImgs.ints(4, 3, 2),
            ArrayImgs.unsignedInts(4, 3, 2),
            ArrayImgs.longs(4, 3, 2),
            ArrayImgs.floats(4, 3, 2),
            ArrayImgs.doubles(4, 3, 2),
            PlanarImgs.unsignedBytes(4, 3, 2),
            PlanarImgs.floats(4, 3, 2));
    for (final Img<? extends RealType<?>> image : images) {
      int i = 0;
      for (final RealType<?> t : Views.flatIterable(image)) t.setReal(ids[i++]);
      final String type = Util.getTypeFromInterval(image).getClass().getSimpleName();
      assertArrayEquals(
          expected,
          LabelMaps.toIndices(new SpatialImage<>(image, GRID, type), set, Progress.NONE),
          type);
    }
    // A view: the same through the general way, with swapped axes put back.
    final Img<IntType> ints = ArrayImgs.ints(ids.clone(), 4, 3, 2);
    assertArrayEquals(
        expected,
        LabelMaps.toIndices(
            new SpatialImage<>(Views.permute(Views.permute(ints, 0, 1), 0, 1), GRID, "view"),
            set,
            Progress.NONE));
  }

  @Test
  void idsComeBackInTheSmallestTypeThatHoldsThem() {
    final byte[] indices = new byte[24];
    indices[3] = 1;
    indices[9] = 2;
    indices[10] = (byte) 255;
    final int[] largest = {255, 256, 70000};
    final Class<?>[] types = {UnsignedByteType.class, UnsignedShortType.class, IntType.class};
    for (int k = 0; k < 3; k++) {
      final LabelSet set = set(label(4), label(largest[k]));
      final SpatialImage<? extends RealType<?>> ids = LabelMaps.toIds(indices, GRID, set, "result");
      assertInstanceOf(types[k], ids.voxels().getAt(0, 0, 0));
      assertEquals(4, ids.voxels().getAt(3, 0, 0).getRealDouble());
      assertEquals(largest[k], ids.voxels().getAt(1, 2, 0).getRealDouble());
      assertEquals(0, ids.voxels().getAt(2, 2, 0).getRealDouble());
    }
  }

  @Test
  void landmarksKeepMergedIdsApart() {
    final LabelCentroids centroids =
        LabelMaps.centroids(map(2, 41, 41, 0, 85, 9), set(label(2, 41), label(3)), Progress.NONE);
    assertEquals(Set.of(2, 41), centroids.ids());
    assertArrayEquals(new double[] {1.5, 0, 0}, centroids.centroid(41), 1e-12);
  }

  @Test
  void landmarkPairsOfMirrorsAndOfMergedSides() {
    final LabelSet set =
        set(
            label(2, 41),
            new Label(5, "left", 0, List.of(5), "g", 6),
            new Label(6, "right", 0, List.of(6), "g", 5),
            label(9));
    final List<int[]> pairs = LandmarkPairs.candidates(set);
    assertEquals(2, pairs.size());
    assertArrayEquals(new int[] {2, 41}, pairs.get(0));
    assertArrayEquals(new int[] {5, 6}, pairs.get(1));
  }
}
