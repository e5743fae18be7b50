package org.anatomicalpriors.segmentation;

import static org.anatomicalpriors.segmentation.ToyStudy.DEPTH;
import static org.anatomicalpriors.segmentation.ToyStudy.IMAGES;
import static org.anatomicalpriors.segmentation.ToyStudy.image;
import static org.anatomicalpriors.segmentation.ToyStudy.meanDice;
import static org.anatomicalpriors.segmentation.ToyStudy.prior;
import static org.anatomicalpriors.segmentation.ToyStudy.settings;
import static org.anatomicalpriors.segmentation.ToyStudy.truth;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.imglib2.type.numeric.real.FloatType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.SpatialImage;
import org.junit.jupiter.api.Test;

/** Intensities taken from voxels that a person labelled. */
class PickedIntensitiesTest {

  private static final byte[] TRUTH = truth(0);
  private static final Segmenter SEGMENTER = Segmenter.of(prior(), settings());

  /** Two structures of nearly the same grey beside an unlabelled mass that misleads. */
  private static SpatialImage<FloatType> misleading() {
    final double[] means = {30, 60, 74, 66};
    final SplittableRandom random = new SplittableRandom(3);
    final float[] x = new float[TRUTH.length];
    for (int v = 0; v < x.length; v++) {
      final double noise = random.nextDouble() + random.nextDouble() - 1;
      x[v] = (float) (means[TRUTH[v]] + 20 * noise);
      if (TRUTH[v] == 0 && v % 2 == 0) x[v] += 38;
    }
    return image(x, IMAGES.load(0).grid());
  }

  /** Every seventh voxel of each structure. */
  private static byte[] some() {
    final byte[] picked = new byte[TRUTH.length];
    for (int v = 0; v < picked.length; v += 7) picked[v] = TRUTH[v];
    return picked;
  }

  @Test
  void picksMendWhatEstimationGotWrong() {
    final double alone = meanDice(TRUTH, SEGMENTER.segment(misleading(), Progress.NONE).labels());
    final double helped =
        meanDice(
            TRUTH,
            SEGMENTER.segment(Subject.of(misleading()).picked(some()), Progress.NONE).labels());
    assertTrue(helped > alone + 0.02, alone + " without, " + helped + " with picked voxels");
  }

  @Test
  @SuppressWarnings("unchecked")
  void intensitiesAreThoseOfThePickedVoxels() {
    final SpatialImage<FloatType> scan = misleading();
    final byte[] picked = some();
    double sum = 0, squares = 0;
    int n = 0;
    final float[] x = org.anatomicalpriors.space.VoxelRows.toFloats(scan.voxels());
    for (int v = 0; v < x.length; v++)
      if (picked[v] == 2) {
        sum += x[v];
        squares += x[v] * x[v];
        n++;
      }
    final List<Map<String, Object>> rows =
        (List<Map<String, Object>>)
            SEGMENTER
                .segment(Subject.of(scan).picked(picked), Progress.NONE)
                .report()
                .get("intensities");
    final String group = prior().description().labels().get(2).group();
    final Map<String, Object> row =
        rows.stream().filter(r -> r.get("group").equals(group)).findFirst().orElseThrow();
    assertEquals(sum / n, (double) row.get("mean"), 1e-3);
    assertEquals(
        Math.sqrt(squares / n - sum / n * sum / n), (double) row.get("standard_deviation"), 1e-2);
  }

  @Test
  void tooFewVoxelsAndAnotherGridAreRefused() {
    final byte[] few = new byte[TRUTH.length];
    few[0] = 1;
    final String sentence =
        assertThrows(
                InvalidInputException.class,
                () -> SEGMENTER.segment(Subject.of(misleading()).picked(few), Progress.NONE))
            .getMessage();
    assertTrue(sentence.contains("label at least 10 voxels"), sentence);
    for (int v = 0, found = 0; found < 15; v++)
      if (TRUTH[v] == 1) {
        few[v] = 1;
        found++;
      }
    final Subject two = Subject.of(misleading()).with(misleading(), Progress.NONE).picked(few);
    final String more =
        assertThrows(InvalidInputException.class, () -> SEGMENTER.segment(two, Progress.NONE))
            .getMessage();
    assertTrue(more.contains("that all channels show; label at least 20 voxels"), more);
    assertThrows(
        InvalidInputException.class,
        () -> SEGMENTER.segment(Subject.of(misleading()).picked(new byte[DEPTH]), Progress.NONE));
  }
}
