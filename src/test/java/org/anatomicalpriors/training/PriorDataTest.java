package org.anatomicalpriors.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.labels.LabelMaps;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.CancelledProgress;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriorDataTest {

  private static final Settings SETTINGS =
      Settings.of(PriorSettings.ALL).with(PriorSettings.SPACING, 1.0);

  /** A map by hand. */
  private static SpatialImage<? extends RealType<?>> map(
      final String name, final String unit, final int first, final int second) {
    final byte[] v = new byte[8 * 8 * 8];
    for (int i = 0; i < v.length; i++) {
      final int x = i % 8, y = i / 8 % 8, z = i / 64;
      if (x > 0 && x < 7 && y > 0 && y < 4 && z > 0 && z < 7) v[i] = (byte) first;
      if (x > 1 && x < 5 && y >= 4 && y < 7 && z > 2 && z < 6) v[i] = (byte) second;
    }
    return new SpatialImage<>(
        ArrayImgs.unsignedBytes(v, 8, 8, 8),
        Grid.centred(new int[] {8, 8, 8}, new double[] {1, 1, 1}, new double[3], unit),
        name);
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static ImageSource source(final SpatialImage<? extends RealType<?>>... maps) {
    return new ImageSource() {
      @Override
      public int size() {
        return maps.length;
      }

      @Override
      public String name(final int index) {
        return maps[index].name();
      }

      @Override
      public String hash(final int index) {
        return "hash " + index;
      }

      @Override
      public SpatialImage<? extends RealType<?>> load(final int index) {
        return maps[index];
      }
    };
  }

  private static String refusal(final ImageSource maps, final LabelSet labels) {
    return assertThrows(
            InvalidInputException.class,
            () -> ToyData.prepared(maps, labels, SETTINGS, Progress.NONE))
        .getMessage();
  }

  @Test
  void mapsWithoutACommonLabelAreRefused() {
    final String message =
        refusal(
            source(map("a.nii", "mm", 1, 2), map("b.nii", "mm", 3, 4), map("c.nii", "mm", 5, 6)),
            null);
    assertEquals(
        "The label maps (a.nii, b.nii, c.nii) share no label; all maps must use the same ids.",
        message);
  }

  @Test
  void aMapThatSharesNothingWithTheOthersIsNamed() {
    final String message =
        refusal(
            source(
                map("a.nii", "mm", 1, 2),
                map("b.nii", "mm", 1, 2),
                map("odd.nii", "mm", 3, 4),
                map("d.nii", "mm", 1, 2)),
            null);
    assertTrue(message.contains("odd.nii"), message);
    assertTrue(message.contains("label"), message);
  }

  @Test
  void aMapWithoutTheLabelSetsStructuresIsRefused() {
    assertEquals(
        "b.nii holds none of the label set's structures (its ids are 3, 4; the set's are 1, 2): all maps and the label set must use the same ids.",
        refusal(
            source(map("a.nii", "mm", 1, 2), map("b.nii", "mm", 3, 4)),
            LabelMaps.fromIds(List.of(1, 2))));
  }

  @Test
  void backgroundAloneIsRefused() {
    assertEquals(
        "empty.nii holds background (0) only; give a map with labels or leave it out.",
        refusal(source(map("a.nii", "mm", 1, 2), map("empty.nii", "mm", 0, 0)), null));
    assertEquals(
        "empty.nii holds none of the label set's structures (only background; the set's are 1, 2): all maps and the label set must use the same ids.",
        refusal(
            source(map("a.nii", "mm", 1, 2), map("empty.nii", "mm", 0, 0)),
            LabelMaps.fromIds(List.of(1, 2))));
  }

  @Test
  void differentUnitsAreRefused() {
    assertEquals(
        "b.nii is in um and the label maps before it in mm; give all maps in one unit.",
        refusal(source(map("a.nii", "mm", 1, 2), map("b.nii", "um", 1, 2)), null));
  }

  @ParameterizedTest
  @CsvSource({
    "3, 0.5, 0",
    "4, 0.1, 1",
    "4, 0, 0",
    "6, 0.1, 1",
    "6, 0.5, 3",
    "20, 0.1, 2",
    "20, 0.25, 5",
    "600, 0.1, 50" // as many as are ever held out
  })
  void holdsOutTheShareAskedFor(final int maps, final double share, final int held) {
    final PriorData data = data(maps, 1, SETTINGS.with(PriorSettings.VALIDATION, share));
    assertEquals(held, data.validation.size());
    assertEquals(maps - held, data.training.size());
    final Set<String> names = new HashSet<>();
    data.training.forEach(m -> names.add(m.name()));
    data.validation.forEach(m -> names.add(m.name()));
    assertEquals(maps, names.size(), "every map is in one of the two");
    assertEquals(maps, data.hashes.size());
  }

  private static PriorData data(final int maps, final int depth, final Settings settings) {
    return ToyData.prepared(new ToyMaps(maps, depth), null, settings, Progress.NONE);
  }

  @Test
  void theSplitFollowsTheSeed() {
    final Set<List<String>> splits = new HashSet<>();
    for (long seed = 1; seed <= 6; seed++) {
      final Settings s =
          SETTINGS.with(PriorSettings.VALIDATION, 0.3).with(PriorSettings.SEED, seed);
      final List<String> held = held(s);
      assertEquals(held, held(s));
      splits.add(held);
    }
    assertTrue(splits.size() > 1);
  }

  private static List<String> held(final Settings s) {
    final List<String> names = new ArrayList<>();
    data(10, 1, s).validation.forEach(m -> names.add(m.name()));
    return names;
  }

  @ParameterizedTest
  @CsvSource({"1, 12", "2, 12", "3, 12", "4, 12", "3, 1"})
  void theGridHoldsAllLabelsAndFitsTheNetworksLevels(final int levels, final int depth) {
    final List<Integer> channels = new ArrayList<>();
    for (int i = 0; i < levels; i++) channels.add(8);
    final PriorData data =
        data(
            5,
            depth,
            SETTINGS.with(PriorSettings.CHANNELS, channels).with(PriorSettings.ALIGN, false));
    final int factor = 1 << levels - 1;
    for (int d = 0; d < (depth == 1 ? 2 : 3); d++) {
      assertEquals(0, data.grid.size(d) % factor, "axis " + d);
      assertEquals(1, data.grid.spacing()[d], 1e-12);
    }
    assertEquals(depth == 1, data.grid.is2D());
    for (final StoredMap m : data.training) {
      final byte[] on = data.onGrid(m, 1, Progress.NONE);
      for (int l = 1; l < 4; l++) {
        final int label = l;
        assertEquals(count(m.load().indices(), label), count(on, label), m.name() + " label " + l);
      }
    }
  }

  private static long count(final byte[] map, final int label) {
    long n = 0;
    for (final byte v : map) if (v == label) n++;
    return n;
  }

  @Test
  void slicesMakeASliceAndVolumesAVolume() {
    final PriorData flat = data(4, 1, SETTINGS);
    assertTrue(flat.grid.is2D());
    assertEquals(1, flat.grid.spacing()[2], 1e-12);
    for (final StoredMap m : flat.training) {
      assertEquals(0, m.load().toCommon().get(2, 0), 1e-9, "stays in its plane");
      assertEquals(0, m.load().toCommon().get(2, 1), 1e-9);
      assertTrue(count(flat.onGrid(m, 1, Progress.NONE), 1) > 50);
    }
    assertTrue(!data(4, 12, SETTINGS).grid.is2D());
  }

  @Test
  void slicesAndVolumesTogetherAreRefused() {
    assertEquals(
        "slice.nii is one slice and the label maps before it are volumes; give slices or volumes, not both.",
        refusal(source(map("a.nii", "mm", 1, 2), slice("slice.nii")), null));
    assertEquals(
        "a.nii is a volume and the label maps before it are slices; give slices or volumes, not both.",
        refusal(source(slice("slice.nii"), map("a.nii", "mm", 1, 2)), null));
  }

  private static SpatialImage<? extends RealType<?>> slice(final String name) {
    final byte[] v = new byte[64];
    Arrays.fill(v, 20, 30, (byte) 1);
    Arrays.fill(v, 40, 50, (byte) 2);
    return new SpatialImage<>(
        ArrayImgs.unsignedBytes(v, 8, 8, 1),
        Grid.centred(new int[] {8, 8, 1}, new double[] {1, 1, 1}, new double[3], "mm"),
        name);
  }

  @Test
  void labelsAreCollectedFromAllMaps() {
    final PriorData data =
        ToyData.prepared(
            source(map("a.nii", "mm", 1, 7), map("b.nii", "mm", 1, 9), map("c.nii", "mm", 1, 7)),
            null,
            SETTINGS,
            Progress.NONE);
    assertEquals("0 background, 1 label 1, 7 label 7, 9 label 9", data.labels.toString());
    for (final StoredMap m : data.training) {
      final byte[] indices = m.load().indices(); // of the labels of all maps
      assertTrue(count(indices, 1) > 0, m.name());
      assertEquals(m.name().equals("b.nii"), count(indices, 2) == 0, m.name());
      assertEquals(m.name().equals("b.nii"), count(indices, 3) > 0, m.name());
    }
  }

  @Test
  void beyondTheLabelsIsBackgroundAndBeyondAnImageThatCutsThemIsUnknown() {
    final byte[] cut = new byte[6 * 6 * 6];
    Arrays.fill(cut, (byte) 1);
    cut[7] = 2;
    final SpatialImage<? extends RealType<?>> small =
        new SpatialImage<>(
            ArrayImgs.unsignedBytes(cut, 6, 6, 6),
            Grid.centred(new int[] {6, 6, 6}, new double[] {1, 1, 1}, new double[3], "mm"),
            "cut");
    final PriorData data =
        ToyData.prepared(
            source(map("whole", "mm", 1, 2), small),
            null,
            SETTINGS.with(PriorSettings.ALIGN, false),
            Progress.NONE);
    for (final StoredMap m : data.training) {
      final byte[] on = data.onGrid(m, 1, Progress.NONE);
      final boolean whole = m.name().equals("whole");
      assertEquals(whole ? 0 : 255, on[0] & 0xff, m.name());
      assertEquals(whole, count(on, -1) == 0, m.name());
    }
  }

  @Test
  void withoutAlignmentMapsStayWhereTheyAre() {
    final PriorData data = data(5, 12, SETTINGS.with(PriorSettings.ALIGN, false));
    for (final StoredMap m : data.training) {
      final SpatialImage<? extends RealType<?>> original =
          new ToyMaps(5, 12).load(Integer.parseInt(m.name().substring(3)));
      final float[] labels = VoxelRows.toFloats(original.voxels());
      final byte[] on = data.onGrid(m, 2, Progress.NONE);
      final double[] p = new double[3];
      final int[] q = new int[3];
      for (int v = 0; v < on.length; v++) {
        p[0] = v % data.grid.size(0);
        p[1] = v / data.grid.size(0) % data.grid.size(1);
        p[2] = v / data.grid.size(0) / data.grid.size(1);
        original.grid().toWorld().inverse().after(data.grid.toWorld()).apply(p, p);
        boolean inside = true, between = false;
        for (int d = 0; d < 3; d++) {
          q[d] = (int) Math.rint(p[d]);
          inside &= q[d] >= 0 && q[d] < original.grid().size(d);
          between |= Math.abs(p[d] - q[d]) > 0.4;
        }
        if (inside && !between)
          assertEquals((int) labels[(q[2] * 18 + q[1]) * 18 + q[0]], on[v] & 0xff);
      }
    }
    assertArrayEquals(
        data.grid.size(), data(5, 12, SETTINGS.with(PriorSettings.ALIGN, false)).grid.size());
  }

  /** The spacing that is chosen where none is given: as large a voxel as the maps have. */
  @ParameterizedTest
  @CsvSource({
    "1, 0.1, 0.1, 1, 0.1", // a slice has no thickness
    "1, 0.1, 0.1, 0.001, 0.1",
    "1, 0.1, 0.4, 1, 0.2",
    "12, 1, 1, 10, 2.1544",
    "12, 3, 3, 3, 3",
  })
  void theChosenSpacingFollowsTheMapsVoxels(
      final int depth, final double x, final double y, final double z, final double expected) {
    final List<SpatialImage<? extends RealType<?>>> maps = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      final SpatialImage<? extends RealType<?>> map = new ToyMaps(3, depth).load(i);
      final double[] spacing = {x, y, z};
      maps.add(
          new SpatialImage<>(
              map.voxels(),
              Grid.centred(map.grid().size(), spacing, new double[3], "mm"),
              map.name()));
    }
    final PriorData data =
        ToyData.prepared(
            source(maps.get(0), maps.get(1), maps.get(2)),
            null,
            Settings.of(PriorSettings.ALL),
            Progress.NONE);
    for (int d = 0; d < 3; d++) assertEquals(expected, data.grid.spacing()[d], 1e-4);
  }

  @Test
  void onlyOneMapIsTold() {
    final List<String> said = new ArrayList<>();
    final Progress listener =
        new Progress() {
          @Override
          public void update(final String s, final long d, final long t, final String m) {
            // not looked at
          }

          @Override
          public void log(final String message) {
            said.add(message);
          }
        };
    ToyData.prepared(new ToyMaps(1, 1), null, SETTINGS, listener);
    assertTrue(said.get(0).startsWith("toy0 is the only label map"), said.toString());
    said.clear();
    ToyData.prepared(new ToyMaps(2, 1), null, SETTINGS, listener);
    assertTrue(said.stream().noneMatch(m -> m.contains("only label map")), said.toString());
  }

  @Test
  void stopsOnRequest() {
    final Progress stop = new CancelledProgress();
    assertThrows(
        CancelledException.class, () -> ToyData.prepared(new ToyMaps(3, 1), null, SETTINGS, stop));
  }
}
