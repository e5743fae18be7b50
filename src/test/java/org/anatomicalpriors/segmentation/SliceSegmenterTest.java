package org.anatomicalpriors.segmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.progress.Progress;
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

/** Segmenting single slices. */
class SliceSegmenterTest {

  private static final ToyImages IMAGES = new ToyImages(6, 1);

  @TempDir static Path folder;
  private static AnatomicalPrior prior;

  @BeforeAll
  static void learn() {
    prior = ToyImages.prior(1, 200, folder);
  }

  @AfterAll
  static void close() {
    prior.close();
  }

  private static Segmentation segment(final boolean align, final double x, final double z) {
    final SpatialImage<? extends RealType<?>> image = IMAGES.load(0);
    final Grid moved =
        new Grid(
            image.grid().size(), Affine.translation(x, 0, z).after(image.grid().toWorld()), "mm");
    return Segmenter.of(
            prior, Settings.of(SegmentationSettings.ALL).with(SegmentationSettings.ALIGN, align))
        .segment(new SpatialImage<>(image.voxels(), moved, "slice"), Progress.NONE);
  }

  /** Share of voxels that got their label. */
  private static double agreement(final Segmentation s) {
    final float[] truth = VoxelRows.toFloats(IMAGES.maps().load(0).voxels());
    double right = 0;
    for (int v = 0; v < truth.length; v++) if (truth[v] == s.labels()[v]) right++;
    return right / truth.length;
  }

  @ParameterizedTest
  @CsvSource({"false, 0, 0", "true, 0, 0", "true, 3, 0", "true, 100, 37"})
  void slicesAreSegmentedWhereverTheyLie(final boolean align, final double x, final double z) {
    final Segmentation s = segment(align, x, z);
    assertTrue(agreement(s) > 0.9, "agreement " + agreement(s));
    assertEquals(324, s.labels().length);
    assertEquals(0, s.toCommon().apply(3, 4, z)[2], 0.5, "in the prior's plane");
  }

  @Test
  void aSliceOffThePlaneIsRefusedIfItMayNotBeMoved() {
    assertEquals(
        "slice does not reach into the model's space; let it be aligned, or correct its header.",
        assertThrows(InvalidInputException.class, () -> segment(false, 0, 37)).getMessage());
  }

  @Test
  void aVolumeIsRefused() {
    final SpatialImage<? extends RealType<?>> volume = new ToyImages(1, 4).load(0);
    assertEquals(
        "toy0 is a volume and the model was trained on slices; give an image of the same kind.",
        assertThrows(
                InvalidInputException.class,
                () ->
                    Segmenter.of(prior, Settings.of(SegmentationSettings.ALL))
                        .segment(volume, Progress.NONE))
            .getMessage());
  }
}
