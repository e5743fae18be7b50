package org.anatomicalpriors.segmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.Objective;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.SegmentationSettings.Method;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;
import org.anatomicalpriors.training.ToyImages;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole segmentations with a prior that learned the toy maps for a few seconds. */
class SegmenterTest {

  private static final int DEPTH = 12;
  private static final ToyImages IMAGES = new ToyImages(6, DEPTH);

  @TempDir static Path folder;
  private static AnatomicalPrior prior;
  private static Segmenter segmenter;

  @BeforeAll
  static void learn() {
    prior = ToyImages.prior(DEPTH, 150, folder);
    segmenter = Segmenter.of(prior, settings());
  }

  @AfterAll
  static void close() {
    prior.close();
  }

  private static Settings settings() {
    return Settings.of(SegmentationSettings.ALL).with(SegmentationSettings.ALIGN, false);
  }

  private static Segmentation segment(
      final Settings settings, final SpatialImage<? extends RealType<?>> image) {
    return Segmenter.of(prior, settings).segment(image, Progress.NONE);
  }

  private static byte[] truth(final int index) {
    final float[] labels = VoxelRows.toFloats(IMAGES.maps().load(index).voxels());
    final byte[] truth = new byte[labels.length];
    for (int v = 0; v < truth.length; v++) truth[v] = (byte) labels[v];
    return truth;
  }

  private static double meanDice(final byte[] a, final byte[] b) {
    double sum = 0;
    for (int l = 1; l < 4; l++) {
      int both = 0, either = 0;
      for (int v = 0; v < a.length; v++) {
        if (a[v] == l && b[v] == l) both++;
        if (a[v] == l) either++;
        if (b[v] == l) either++;
      }
      sum += 2.0 * both / either / 3;
    }
    return sum;
  }

  private static SpatialImage<FloatType> image(final float[] x, final Grid grid) {
    return new SpatialImage<>(
        ArrayImgs.floats(x, grid.size(0), grid.size(1), grid.size(2)), grid, "scan.nii");
  }

  private static double diceOver(final Method method) {
    double sum = 0;
    for (int i = 0; i < 3; i++)
      sum +=
          meanDice(
                  truth(i),
                  segment(settings().with(SegmentationSettings.METHOD, method), IMAGES.load(i))
                      .labels())
              / 3;
    return sum;
  }

  @Test
  void priorAndAtlasBeatTheLabelsWithoutIntensities() {
    final double none = diceOver(Method.NONE);
    final double atlas = diceOver(Method.ATLAS);
    final double learned = diceOver(Method.PRIOR);
    final String all = "none " + none + ", atlas " + atlas + ", prior " + learned;
    assertTrue(atlas > none + 0.15, all);
    assertTrue(learned > none + 0.15, all);
    assertTrue(learned > 0.85, all);
  }

  @Test
  @SuppressWarnings("unchecked")
  void reportsWhatItFound() {
    final Map<String, Object> report =
        segment(
                settings()
                    .with(SegmentationSettings.REFINE, 3L)
                    .with(SegmentationSettings.INTENSITY_STRENGTH, 5.0),
                IMAGES.load(0))
            .report();
    assertEquals("prior", report.get("method"));
    assertArrayEquals(Affine.identity().toRows(), (double[][]) report.get("image_to_prior"));
    assertEquals(3, ((List<Double>) report.get("refinement_objective_nats")).size());
    assertEquals(
        (Double) report.get("divergence_nats") - (Double) report.get("log_likelihood_nats"),
        (Double) report.get("objective_exact_nats"),
        1e-9);
    final Map<String, Double> seconds = (Map<String, Double>) report.get("seconds");
    assertEquals(
        List.of("preparing", "alignment", "intensities", "network", "closed form"),
        new ArrayList<>(seconds.keySet()));
    seconds.values().forEach(s -> assertTrue(s >= 0));
    double background = 0, weight = 0;
    final List<String> groups = new ArrayList<>();
    for (final Map<String, Object> row : (List<Map<String, Object>>) report.get("intensities")) {
      final String group = (String) row.get("group");
      final double mean = (Double) row.get("mean"), w = (Double) row.get("weight");
      groups.add(group);
      if (group.equals("background")) {
        background += w * mean;
        weight += w;
        continue;
      }
      final int label = Integer.parseInt(group.substring("label ".length()));
      assertEquals(ToyImages.mean(label), mean, 10, group);
      assertEquals(9, (Double) row.get("standard_deviation"), 6, group);
      assertEquals(1, w, 1e-9);
    }
    assertEquals(
        List.of("background", "background", "background", "label 1", "label 2", "label 3"), groups);
    assertEquals(1, weight, 1e-9);
    assertEquals(ToyImages.mean(0), background, 10);
  }

  @Test
  void volumesAndPosteriorsAgreeWithTheLabels() {
    final SpatialImage<FloatType> image = IMAGES.load(1);
    final Segmentation s = segment(settings(), image);
    assertEquals("toy1", s.name());
    assertEquals(image.grid(), s.grid());
    final float[][] p = new float[4][];
    for (int l = 0; l < 4; l++) p[l] = VoxelRows.toFloats(s.posterior(l, Progress.NONE).voxels());
    final int[] count = new int[4];
    final double[] confidence = new double[4];
    for (int v = 0; v < s.labels().length; v++) {
      final int best = s.labels()[v];
      double sum = 0;
      for (int l = 0; l < 4; l++) {
        sum += p[l][v];
        assertTrue(p[l][v] <= p[best][v] + 1e-6, "voxel " + v);
      }
      assertEquals(1, sum, 1e-5);
      count[best]++;
      confidence[best] += p[best][v];
    }
    assertEquals(3, s.volumes().size());
    for (final StructureVolume volume : s.volumes()) {
      final int l = volume.label().id();
      assertEquals(count[l], volume.volume(), 1e-6);
      assertEquals("mm", volume.unit());
      assertEquals(confidence[l] / count[l], volume.confidence(), 1e-5);
    }
  }

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
    final Affine toPrior = prior.description().grid().toWorld().inverse().after(wide.toWorld());
    final float[] uncertainty = VoxelRows.toFloats(s.uncertainty(Progress.NONE).voxels());
    int outside = 0;
    for (int v = 0; v < x.length; v++) {
      final double c = toPrior.apply(v % wide.size(0), 0, 0)[0];
      if (c > -0.5 && c < prior.description().grid().size(0) - 0.5) continue;
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
  void aRegionWithoutValuesIsFilledByTheAnatomy() {
    final SpatialImage<FloatType> whole = IMAGES.load(0);
    final float[] x = VoxelRows.toFloats(whole.voxels());
    final byte[] truth = truth(0);
    int lost = 0;
    for (int v = 0; v < x.length; v++)
      if (v / (18 * 18) >= 8) {
        x[v] = Float.NaN;
        lost += truth[v] > 0 ? 1 : 0;
      }
    final Segmentation s = segment(settings(), image(x, whole.grid()));
    final byte[] labels = s.labels();
    int filled = 0;
    for (int v = 0; v < x.length; v++)
      if (Float.isNaN(x[v]) && truth[v] > 0 && labels[v] > 0) filled++;
    assertTrue(filled > 0.7 * lost, filled + " of " + lost + " voxels without a value");
    assertTrue(meanDice(truth, labels) > 0.6, "Dice " + meanDice(truth, labels));
    for (final float u : VoxelRows.toFloats(s.uncertainty(Progress.NONE).voxels()))
      assertTrue(u >= 0 && u <= 1);
  }

  @ParameterizedTest
  @EnumSource(Objective.class)
  void refinementLowersItsObjectiveAndRepeats(final Objective objective) {
    final Settings s =
        settings()
            .with(SegmentationSettings.OBJECTIVE, objective)
            .with(SegmentationSettings.REFINE, 10L)
            .with(SegmentationSettings.REFINE_RATE, 0.1);
    final List<Double> first = objectives(s), again = objectives(s);
    assertEquals(first, again);
    assertFalse(first.equals(objectives(s.with(SegmentationSettings.SEED, 2L))));
    assertEquals(10, first.size());
    final double start = first.get(0) + first.get(1), end = first.get(8) + first.get(9);
    assertTrue(end < start, first.toString());
  }

  @SuppressWarnings("unchecked")
  private static List<Double> objectives(final Settings s) {
    return (List<Double>) segment(s, IMAGES.load(4)).report().get("refinement_objective_nats");
  }

  @Test
  void uncertaintyIsHighAtBordersAndRepeats() {
    final Segmentation s = segment(settings(), IMAGES.load(0));
    final float[] u = VoxelRows.toFloats(s.uncertainty(Progress.NONE).voxels());
    assertArrayEquals(u, VoxelRows.toFloats(s.uncertainty(Progress.NONE).voxels()), 0f);
    assertArrayEquals(
        u,
        VoxelRows.toFloats(segment(settings(), IMAGES.load(0)).uncertainty(Progress.NONE).voxels()),
        0f);
    double border = 0, inner = 0;
    int borders = 0, inners = 0;
    final byte[] l = s.labels();
    for (int v = 0; v < u.length; v++) {
      assertTrue(u[v] >= 0 && u[v] <= 1, "uncertainty " + u[v]);
      final int x = v % 18, y = v / 18 % 18, z = v / 324;
      if (x == 0 || x == 17 || y == 0 || y == 17 || z == 0 || z == DEPTH - 1) continue;
      boolean alike = true;
      for (final int step : new int[] {1, 18, 324})
        alike &= l[v] == l[v - step] && l[v] == l[v + step];
      if (alike) {
        inner += u[v];
        inners++;
      } else {
        border += u[v];
        borders++;
      }
    }
    assertTrue(border / borders > 1.4 * inner / inners, border / borders + ", " + inner / inners);
    assertTrue(u[0] < 0.02, "the corner is background: " + u[0]);
  }

  @Test
  void manyThreadsAtOnceGiveWhatOneGives() throws Exception {
    final Settings s = settings().with(SegmentationSettings.REFINE, 2L);
    final Segmenter shared = Segmenter.of(prior, s);
    final List<byte[]> expected = new ArrayList<>();
    for (int i = 0; i < 4; i++) expected.add(segment(s, IMAGES.load(i)).labels());
    final ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      final Map<Integer, Future<Segmentation>> found = new HashMap<>();
      for (int i = 0; i < 4; i++) {
        final int index = i;
        found.put(i, pool.submit(() -> shared.segment(IMAGES.load(index), Progress.NONE)));
      }
      for (int i = 0; i < 4; i++) assertArrayEquals(expected.get(i), found.get(i).get().labels());
    } finally {
      pool.shutdown();
    }
  }

  @ParameterizedTest
  @CsvSource({"true, 0, 40", "false, 5, 1", "false, 5, 4"})
  void stopsOnRequestAndGoesOnAfterIt(final boolean align, final long refine, final int asked) {
    final Segmenter s =
        Segmenter.of(
            prior,
            settings()
                .with(SegmentationSettings.ALIGN, align)
                .with(SegmentationSettings.REFINE, refine));
    final int[] left = {asked};
    final Progress stop =
        new Progress() {
          @Override
          public void update(final String t, final long d, final long n, final String m) {
            // not looked at
          }

          @Override
          public synchronized boolean isCancelled() {
            return --left[0] < 0;
          }
        };
    assertThrows(CancelledException.class, () -> s.segment(IMAGES.load(0), stop));
    if (!align)
      assertTrue(
          meanDice(truth(0), s.segment(IMAGES.load(0), Progress.NONE).labels()) > 0.8,
          "unusable after a stop");
  }

  private static String refusal(final SpatialImage<? extends RealType<?>> image) {
    return assertThrows(InvalidInputException.class, () -> segmenter.segment(image, Progress.NONE))
        .getMessage();
  }

  @Test
  void imagesThatCannotBeSegmentedAreRefused() {
    final Grid g = IMAGES.load(0).grid();
    final float[] x = new float[g.voxelCount()];
    assertEquals(
        "scan.nii has the value 0.0 everywhere; give an image with contrast.",
        refusal(image(x, g)));
    java.util.Arrays.fill(x, Float.NaN);
    assertEquals(
        "scan.nii holds no finite value; give an image with contrast.", refusal(image(x, g)));
    final Grid flat =
        Grid.centred(new int[] {18, 18, 1}, new double[] {1, 1, 1}, new double[3], "mm");
    assertEquals(
        "scan.nii is one slice and the model was trained on volumes; give an image of the same kind.",
        refusal(image(new float[324], flat)));
    assertEquals(
        "scan.nii is in um and the model in mm; correct the unit in the image's header or calibration.",
        refusal(image(x, new Grid(g.size(), g.toWorld(), "um"))));
  }

  @Test
  void anImageElsewhereIsRefusedInsteadOfLabelledAsBackground() {
    final SpatialImage<FloatType> here = IMAGES.load(0);
    final Grid far =
        new Grid(
            here.grid().size(), Affine.translation(500, 0, 0).after(here.grid().toWorld()), "mm");
    assertEquals(
        "scan.nii does not reach into the model's space; let it be aligned, or correct its header.",
        refusal(image(VoxelRows.toFloats(here.voxels()), far)));
  }
}
