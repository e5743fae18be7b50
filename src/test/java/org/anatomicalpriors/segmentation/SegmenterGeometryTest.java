package org.anatomicalpriors.segmentation;

import static org.anatomicalpriors.segmentation.ToyStudy.IMAGES;
import static org.anatomicalpriors.segmentation.ToyStudy.image;
import static org.anatomicalpriors.segmentation.ToyStudy.meanDice;
import static org.anatomicalpriors.segmentation.ToyStudy.prior;
import static org.anatomicalpriors.segmentation.ToyStudy.segment;
import static org.anatomicalpriors.segmentation.ToyStudy.settings;
import static org.anatomicalpriors.segmentation.ToyStudy.truth;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.imglib2.type.numeric.real.FloatType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.SegmentationSettings.Method;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Segmenting images whose voxels are stored or lie differently. */
class SegmenterGeometryTest {

  @ParameterizedTest
  @EnumSource(Method.class)
  void headersInOtherOrientationsGiveTheSameLabelsInTheWorld(final Method method) {
    final SpatialImage<FloatType> ras = IMAGES.load(2);
    final SpatialImage<FloatType> lia = leftInferiorAnterior(ras);
    final Settings s = settings().with(SegmentationSettings.METHOD, method);
    final byte[] expected = segment(s, ras).labels();
    final Segmentation found = segment(s, lia);
    final Affine toRas = ras.grid().toWorld().inverse().after(lia.grid().toWorld());
    int other = 0;
    for (int v = 0; v < expected.length; v++) {
      final int nx = lia.grid().size(0), ny = lia.grid().size(1);
      final double[] p = toRas.apply(v % nx, v / nx % ny, v / nx / ny);
      if (found.labels()[v] != expected[index(ras.grid(), p)]) other++;
    }
    // Sums in another order may tip a voxel between two labels that are as probable.
    assertTrue(other <= expected.length / 1000, other + " voxels differ");
    assertEquals(lia.grid(), found.grid());
  }

  private static int index(final Grid g, final double[] p) {
    return ((int) Math.rint(p[2]) * g.size(1) + (int) Math.rint(p[1])) * g.size(0)
        + (int) Math.rint(p[0]);
  }

  /** The same image stored with axes to the left, downwards and to the front. */
  private static SpatialImage<FloatType> leftInferiorAnterior(final SpatialImage<FloatType> ras) {
    final Grid g = ras.grid();
    final int nx = g.size(0), ny = g.size(1), nz = g.size(2);
    final Affine toRas =
        Affine.ofRows(
            new double[] {-1, 0, 0, nx - 1},
            new double[] {0, 0, 1, 0},
            new double[] {0, -1, 0, nz - 1});
    final Grid lia = new Grid(new int[] {nx, nz, ny}, g.toWorld().after(toRas), g.unit());
    final float[] from = VoxelRows.toFloats(ras.voxels()), to = new float[from.length];
    for (int v = 0; v < to.length; v++)
      to[v] = from[index(g, toRas.apply(v % nx, v / nx % nz, v / nx / nz))];
    return image(to, lia);
  }

  @Test
  void outsideThePriorsGridIsBackground() {
    final SpatialImage<FloatType> small = IMAGES.load(0);
    final Grid g = small.grid();
    final int pad = 6;
    final Grid wide =
        new Grid(
            new int[] {g.size(0) + 2 * pad, g.size(1), g.size(2)},
            g.toWorld().after(Affine.translation(-pad, 0, 0)),
            "mm");
    final float[] from = VoxelRows.toFloats(small.voxels());
    final float[] x = new float[wide.voxelCount()];
    for (int v = 0; v < x.length; v++) {
      final int c = v % wide.size(0) - pad;
      // As bright as the body everywhere beyond.
      x[v] = c < 0 || c >= g.size(0) ? 100 + v % 9 : from[v / wide.size(0) * g.size(0) + c];
    }
    final Segmentation s = segment(settings(), image(x, wide));
    final float[] background = VoxelRows.toFloats(s.posterior(0, Progress.NONE).voxels());
    final Affine toPrior = prior().description().grid().toWorld().inverse().after(wide.toWorld());
    final float[] uncertainty = VoxelRows.toFloats(s.uncertainty(Progress.NONE).voxels());
    int outside = 0;
    for (int v = 0; v < x.length; v++) {
      final double c = toPrior.apply(v % wide.size(0), 0, 0)[0];
      if (c > -0.5 && c < prior().description().grid().size(0) - 0.5) continue;
      assertEquals(0, s.labels()[v]);
      assertEquals(1, background[v]);
      assertEquals(0, uncertainty[v]);
      outside++;
    }
    assertTrue(outside > 1000, outside + " voxels outside");
  }

  @Test
  void halfTheSpacingGivesTheSameAnatomy() {
    final SpatialImage<FloatType> coarse = IMAGES.load(3);
    final Grid g = coarse.grid();
    final Grid fine =
        new Grid(
            new int[] {2 * g.size(0), 2 * g.size(1), 2 * g.size(2)},
            g.toWorld()
                .after(Affine.translation(-0.25, -0.25, -0.25))
                .after(Affine.scale(0.5, 0.5, 0.5)),
            "mm");
    final float[] from = VoxelRows.toFloats(coarse.voxels());
    final float[] x = new float[fine.voxelCount()];
    final int[] parent = new int[x.length];
    for (int v = 0; v < x.length; v++) {
      final int i = v % fine.size(0) / 2, j = v / fine.size(0) % fine.size(1) / 2;
      parent[v] = (v / fine.size(0) / fine.size(1) / 2 * g.size(1) + j) * g.size(0) + i;
      x[v] = from[parent[v]];
    }
    final byte[] coarseLabels = segment(settings(), coarse).labels();
    final byte[] fineLabels = segment(settings(), image(x, fine)).labels();
    final byte[] expected = new byte[x.length];
    for (int v = 0; v < x.length; v++) expected[v] = coarseLabels[parent[v]];
    final double dice = meanDice(expected, fineLabels);
    assertTrue(dice > 0.95, "Dice " + dice);
  }

  @Test
  void aWrongHeaderIsMadeUpForByAlignment() {
    final SpatialImage<FloatType> image = IMAGES.load(0);
    final Affine away = Affine.translation(40, -25, 60);
    final Grid moved =
        new Grid(image.grid().size(), away.after(image.grid().toWorld()), image.grid().unit());
    final Segmentation s =
        segment(
            settings().with(SegmentationSettings.ALIGN, true),
            image(VoxelRows.toFloats(image.voxels()), moved));
    assertTrue(meanDice(truth(0), s.labels()) > 0.75, "Dice " + meanDice(truth(0), s.labels()));
    assertEquals(moved, s.grid());
    final double[] centre = s.toCommon().after(away).apply(0, 0, 0);
    for (final double c : centre) assertEquals(0, c, 2.5);
  }

  @Test
  void anImageElsewhereIsRefusedInsteadOfLabelledAsBackground() {
    final SpatialImage<FloatType> here = IMAGES.load(0);
    final Grid far =
        new Grid(
            here.grid().size(), Affine.translation(500, 0, 0).after(here.grid().toWorld()), "mm");
    assertEquals(
        "scan.nii does not reach into the model's space; let it be aligned, or correct its header.",
        assertThrows(
                InvalidInputException.class,
                () -> segment(settings(), image(VoxelRows.toFloats(here.voxels()), far)))
            .getMessage());
  }
}
