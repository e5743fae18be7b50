package org.anatomicalpriors.segmentation;

import static org.anatomicalpriors.segmentation.ToyStudy.DEPTH;
import static org.anatomicalpriors.segmentation.ToyStudy.IMAGES;
import static org.anatomicalpriors.segmentation.ToyStudy.image;
import static org.anatomicalpriors.segmentation.ToyStudy.meanDice;
import static org.anatomicalpriors.segmentation.ToyStudy.prior;
import static org.anatomicalpriors.segmentation.ToyStudy.segment;
import static org.anatomicalpriors.segmentation.ToyStudy.settings;
import static org.anatomicalpriors.segmentation.ToyStudy.truth;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.progress.CancelledException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.segmentation.SegmentationSettings.Method;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;
import org.anatomicalpriors.training.ToyImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole segmentations of toy volumes. */
class SegmenterTest {

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
                    .with(SegmentationSettings.ATLAS_SHARE, 0.0) // as the objectives are meant
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
    assertTrue(
        (Double) report.get("objective_bound_nats") >= (Double) report.get("objective_exact_nats"));
    final Map<String, Double> seconds = (Map<String, Double>) report.get("seconds");
    assertEquals(
        List.of("preparing", "alignment", "intensities", "network", "deformation", "closed form"),
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
  void tellsHowMuchTheAnatomySaysOfTheImage() {
    final SpatialImage<FloatType> image = IMAGES.load(0);
    final float[] noise = new float[image.grid().voxelCount()];
    final SplittableRandom random = new SplittableRandom(3);
    for (int v = 0; v < noise.length; v++) noise[v] = (float) random.nextDouble(50, 100);
    final double right = (Double) segment(settings(), image).report().get("explained_nats");
    final double wrong =
        (Double)
            segment(settings(), ToyStudy.image(noise, image.grid())).report().get("explained_nats");
    assertTrue(right > 0.3, "its own anatomy explains " + right + " nats a voxel");
    assertTrue(Math.abs(wrong) < 0.05, "noise is explained by " + wrong + " nats a voxel");
  }

  @Test
  void warnsOfAnImageOfSomethingElse() {
    final List<String> said = new ArrayList<>();
    final Segmenter segmenter = Segmenter.of(ToyStudy.prior(), settings());
    final SpatialImage<FloatType> image = IMAGES.load(0);
    final double fits =
        (Double) segmenter.segment(image, listener(said)).report().get("explained_share");
    assertEquals(List.of(), said);
    final float[] noise = new float[image.grid().voxelCount()];
    final SplittableRandom random = new SplittableRandom(3);
    for (int v = 0; v < noise.length; v++) noise[v] = (float) random.nextDouble(50, 100);
    final double other =
        (Double)
            segmenter
                .segment(ToyStudy.image(noise, image.grid()), listener(said))
                .report()
                .get("explained_share");
    assertTrue(fits > 0.4 && fits <= 1, "its own anatomy explains " + fits);
    assertTrue(other < 0.1, "noise is explained by " + other);
    assertEquals(1, said.size(), said.toString());
    assertTrue(said.get(0).contains("the anatomy explains little of this image"), said.get(0));
  }

  private static Progress listener(final List<String> said) {
    return new Progress() {
      @Override
      public void update(final String s, final long d, final long t, final String m) {
        // not looked at
      }

      @Override
      public void log(final String message) {
        said.add(message);
      }
    };
  }

  @Test
  void warnsOfAnImageThatLiesTurned() {
    final List<String> said = new ArrayList<>();
    final Segmenter segmenter = Segmenter.of(ToyStudy.prior(), settings());
    for (final int degrees : new int[] {0, 10, 90}) {
      final Affine turned = Affine.rotation(0, 1, Math.toRadians(degrees));
      final Segmentation s =
          segmenter.segment(Subject.of(IMAGES.load(0)).at(turned), listener(said));
      assertEquals(degrees, (Double) s.report().get("turned_degrees"), 1e-6);
    }
    said.removeIf(m -> !m.contains("turned"));
    assertEquals(1, said.size(), said.toString());
    assertTrue(said.get(0).contains("turned by 90 degrees"), said.get(0));
  }

  @Test
  void baselinesReportNoAnatomy() {
    final Map<String, Object> atlas =
        segment(settings().with(SegmentationSettings.METHOD, Method.ATLAS), IMAGES.load(0))
            .report();
    assertEquals("atlas", atlas.get("method"));
    assertTrue(atlas.containsKey("intensities"));
    assertFalse(atlas.containsKey("divergence_nats"));
    final Segmentation none =
        segment(settings().with(SegmentationSettings.METHOD, Method.NONE), IMAGES.load(0));
    assertFalse(none.report().containsKey("intensities"));
    assertArrayEquals(
        none.labels(),
        segment(settings().with(SegmentationSettings.METHOD, Method.NONE), IMAGES.load(3)).labels(),
        "without intensities all images look alike");
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
    final Segmenter shared = Segmenter.of(prior(), s);
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
            prior(),
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
    return assertThrows(InvalidInputException.class, () -> segment(settings(), image)).getMessage();
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
}
