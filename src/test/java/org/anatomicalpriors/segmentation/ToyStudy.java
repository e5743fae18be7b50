package org.anatomicalpriors.segmentation;

import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;
import org.anatomicalpriors.tensorflow.TemporaryFolder;
import org.anatomicalpriors.training.ToyImages;

/** Toy volumes and a prior that learned their label maps for a few seconds, once for all tests. */
final class ToyStudy {

  static final int DEPTH = 12;
  static final ToyImages IMAGES = new ToyImages(6, DEPTH);

  private static AnatomicalPrior prior;

  private ToyStudy() {}

  static synchronized AnatomicalPrior prior() {
    if (prior == null)
      try (TemporaryFolder folder = new TemporaryFolder()) {
        prior = ToyImages.prior(DEPTH, 150, folder.path());
      }
    return prior;
  }

  static Settings settings() {
    return Settings.of(SegmentationSettings.ALL).with(SegmentationSettings.ALIGN, false);
  }

  static Segmentation segment(
      final Settings settings, final SpatialImage<? extends RealType<?>> image) {
    return Segmenter.of(prior(), settings).segment(image, Progress.NONE);
  }

  static byte[] truth(final int index) {
    final float[] labels = VoxelRows.toFloats(IMAGES.maps().load(index).voxels());
    final byte[] truth = new byte[labels.length];
    for (int v = 0; v < truth.length; v++) truth[v] = (byte) labels[v];
    return truth;
  }

  static double meanDice(final byte[] a, final byte[] b) {
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

  static SpatialImage<FloatType> image(final float[] x, final Grid grid) {
    return new SpatialImage<>(
        ArrayImgs.floats(x, grid.size(0), grid.size(1), grid.size(2)), grid, "scan.nii");
  }
}
