package org.anatomicalpriors.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anatomicalpriors.SharedData;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.io.LabelSetCsv;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.labels.LandmarkPairs;
import org.anatomicalpriors.progress.Progress;
import org.junit.jupiter.api.Test;

/** Unaligned label maps of adult heads, in their own orientation (L-I-A), come to one space. */
class RealBrainAlignmentTest {

  /** The data's README names 1.0 to 2.5 mm for these maps, fitted elsewhere. */
  private static final double WORST_MEAN_RESIDUAL = 2.5;

  @Test
  void headsAgreeWithinMillimetresAndAreSymmetric() {
    final Path folder = SharedData.folder().resolve("brain/maps_raw");
    final LabelSet set = LabelSetCsv.open("freesurfer-compact");
    final List<LabelCentroids> centroids = new ArrayList<>();
    final List<String> names = new ArrayList<>();
    for (final Path file : Images.list(folder).subList(0, 6)) {
      centroids.add(
          LabelCentroids.of(
              Images.open(file, Progress.NONE), id -> set.indexOfSource(id) > 0, Progress.NONE));
      names.add(file.getFileName().toString());
    }
    final CentroidAlignment common =
        CentroidAlignment.of(centroids, names, LandmarkPairs.candidates(set), 2, Progress.NONE);
    assertTrue(common.isSymmetric());
    for (final LandmarkFit fit : common.fits()) {
      assertEquals(LandmarkFit.Method.AFFINE, fit.method());
      assertTrue(fit.meanResidual() < WORST_MEAN_RESIDUAL, fit.toString());
      final double growth = fit.toCommon().determinant();
      assertTrue(growth > 0.75 && growth < 1.33, "volumes change by a factor of " + growth);
    }
  }
}
