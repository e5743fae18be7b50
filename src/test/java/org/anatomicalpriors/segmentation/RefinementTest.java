package org.anatomicalpriors.segmentation;

import static org.anatomicalpriors.segmentation.ToyStudy.IMAGES;
import static org.anatomicalpriors.segmentation.ToyStudy.segment;
import static org.anatomicalpriors.segmentation.ToyStudy.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.anatomicalpriors.model.Objective;
import org.anatomicalpriors.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fitting the shape code to one image. */
class RefinementTest {

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

  /** The objective at the mean, free of noise, with the probabilities that were refined. */
  @Test
  void refinedCodeExplainsTheImageBetter() {
    final Settings s =
        settings()
            .with(SegmentationSettings.ATLAS_SHARE, 0.0)
            .with(SegmentationSettings.REFINE_RATE, 0.05);
    final double[] objective = new double[2];
    for (int i = 0; i < 2; i++)
      objective[i] =
          (Double)
              segment(s.with(SegmentationSettings.REFINE, 30L * i), IMAGES.load(4))
                  .report()
                  .get("objective_exact_nats");
    assertTrue(objective[1] < objective[0] - 1, objective[0] + " to " + objective[1]);
  }

  @Test
  void itStopsWhereStepsGainNoMore() {
    final List<Double> found =
        objectives(
            settings()
                .with(SegmentationSettings.REFINE, 2000L)
                .with(SegmentationSettings.REFINE_RATE, 0.05));
    assertTrue(found.size() >= 15 && found.size() < 2000, found.size() + " steps");
    assertTrue(mean(found, found.size() - 5) < mean(found, 0), found.toString());
    final int voxels = 1000;
    final List<Double> falling = new ArrayList<>();
    for (int i = 0; i < 14; i++) falling.add(-0.2 * i);
    assertFalse(Refinement.hasConverged(falling, 3 * voxels), "too few to tell");
    falling.add(-0.2 * 14);
    assertFalse(Refinement.hasConverged(falling, voxels), "0.2 nats of 1000 voxels a step");
    assertTrue(Refinement.hasConverged(falling, 3 * voxels), "of 3000 voxels");
    for (int i = 10; i < 15; i++) falling.set(i, falling.get(i) + 1.0);
    falling.set(4, 100.0);
    assertFalse(Refinement.hasConverged(falling, 3 * voxels), "one window alone may be a chance");
  }

  private static double mean(final List<Double> objectives, final int from) {
    return objectives.subList(from, from + 5).stream().mapToDouble(o -> o).average().orElseThrow();
  }

  @SuppressWarnings("unchecked")
  private static List<Double> objectives(final Settings s) {
    return (List<Double>) segment(s, IMAGES.load(4)).report().get("refinement_objective_nats");
  }
}
