package org.anatomicalpriors.segmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import org.anatomicalpriors.labels.LabelMaps;
import org.anatomicalpriors.model.ImageVector;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a segmentation says of hand-made label probabilities of four labels. */
class SegmentationTest {

  private static final Grid GRID =
      Grid.centred(new int[] {4, 2, 2}, new double[] {1, 2, 3}, new double[3], "um");

  private static LabelField field(final float... oneVoxel) {
    final float[] f = new float[GRID.voxelCount() * 4];
    for (int i = 0; i < f.length; i++) f[i] = oneVoxel[i % 4];
    final ImageVector x = ImageVector.of(new float[GRID.voxelCount()], 0, 1);
    return new LabelField(f, GRID, GRID, Affine.identity(), null, x, null, null, 2);
  }

  private static final float[] LOG_GAIN = new float[GRID.voxelCount()];

  static {
    for (int v = 0; v < LOG_GAIN.length; v++) LOG_GAIN[v] = v == 1 ? (float) Math.log(2) : 0;
  }

  private static Segmentation of(final List<LabelField> draws) {
    final byte[] labels = new byte[GRID.voxelCount()];
    for (int v = 0; v < 3; v++) labels[v] = 2;
    return new Segmentation(
        "scan",
        GRID,
        LabelMaps.fromIds(List.of(5, 6, 7)),
        Affine.identity(),
        draws.get(0),
        () -> draws,
        List.of(() -> LOG_GAIN.clone()),
        labels,
        new double[] {0.9, Double.NaN, 0.75, Double.NaN},
        new double[] {0.8, Double.NaN, 0.6, Double.NaN},
        2,
        Map.of());
  }

  private static float uncertainty(final List<LabelField> draws) {
    final float[] u = VoxelRows.toFloats(of(draws).uncertainty(Progress.NONE).voxels());
    for (final float value : u) {
      assertTrue(value >= 0 && value <= 1, "uncertainty " + value);
      assertEquals(u[0], value, 1e-6);
    }
    return u[0];
  }

  @Test
  void uncertaintyIsTheShareOfTheLargestEntropy() {
    assertEquals(0, uncertainty(List.of(field(0, 0, 1, 0))), 1e-4);
    assertEquals(1, uncertainty(List.of(field(.25f, .25f, .25f, .25f))), 1e-6);
    assertEquals(0.5, uncertainty(List.of(field(.5f, 0, 0, .5f))), 1e-4);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 6, 10, 98})
  void certainDrawsThatDisagreeAreUncertainAndThoseThatAgreeAreNot(final int draws) {
    final List<LabelField> alike = new ArrayList<>(), unlike = new ArrayList<>();
    for (int i = 0; i < draws; i++) {
      alike.add(field(0, 1, 0, 0));
      unlike.add(i % 2 == 0 ? field(0, 1, 0, 0) : field(0, 0, 0, 1));
    }
    assertEquals(0, uncertainty(alike), 1e-4);
    assertEquals(0.5, uncertainty(unlike), 1e-4);
  }

  @Test
  void volumesAreInTheGridsUnit() {
    final List<StructureVolume> volumes = of(List.of(field(1, 0, 0, 0))).volumes();
    assertEquals(3, volumes.size());
    assertEquals("label 6", volumes.get(1).label().name());
    assertEquals(3 * 6, volumes.get(1).volume(), 1e-9);
    assertEquals("um", volumes.get(1).unit());
    assertEquals(0.75, volumes.get(1).confidence());
    assertEquals(0.6, volumes.get(1).expectedDice());
    assertEquals(0, volumes.get(0).volume());
    assertTrue(Double.isNaN(volumes.get(0).confidence()));
    assertTrue(Double.isNaN(volumes.get(0).expectedDice()));
  }

  @Test
  void posteriorIsNamedAfterItsLabel() {
    final Segmentation s = of(List.of(field(0.1f, 0.2f, 0.3f, 0.4f)));
    assertEquals("scan label 7", s.posterior(3, Progress.NONE).name());
    assertEquals(0.4f, VoxelRows.toFloats(s.posterior(3, Progress.NONE).voxels())[5], 1e-6);
  }

  @Test
  void correctedImageIsTheImageOverItsBiasField() {
    final Segmentation s = of(List.of(field(0, 0, 1, 0)));
    final float[] values = new float[GRID.voxelCount()];
    java.util.Arrays.fill(values, 30);
    values[2] = Float.NaN;
    final SpatialImage<FloatType> image =
        new SpatialImage<>(
            ArrayImgs.floats(values, GRID.size(0), GRID.size(1), GRID.size(2)), GRID, "scan");
    final float[] gain = VoxelRows.toFloats(s.biasField(0, Progress.NONE).voxels());
    assertEquals(1, gain[0]);
    assertEquals(2, gain[1], 1e-6);
    for (int round = 0; round < 2; round++) { // asked twice, the same
      final float[] corrected = VoxelRows.toFloats(s.corrected(0, image, Progress.NONE).voxels());
      assertEquals(30, corrected[0]);
      assertEquals(15, corrected[1], 1e-5);
      assertEquals(Float.NaN, corrected[2]);
    }
    final SpatialImage<FloatType> other =
        new SpatialImage<>(
            ArrayImgs.floats(1, 1, 1),
            Grid.centred(new int[] {1, 1, 1}, new double[] {1, 1, 1}, new double[3], "mm"),
            "other");
    assertThrows(IllegalArgumentException.class, () -> s.corrected(0, other, Progress.NONE));
  }
}
