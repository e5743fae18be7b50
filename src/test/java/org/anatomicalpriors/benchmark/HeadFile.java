package org.anatomicalpriors.benchmark;

import java.nio.file.Path;
import java.util.Arrays;
import net.imglib2.img.array.ArrayImgs;
import org.anatomicalpriors.io.ModelBundle;
import org.anatomicalpriors.io.ReadyModels;
import org.anatomicalpriors.io.nifti.NiftiHeader;
import org.anatomicalpriors.io.nifti.NiftiWriter;
import org.anatomicalpriors.labels.LabelMaps;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.AnatomySampler;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.Resampler;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.tensorflow.Engine;

/** Images of heads that the ready prior of the brain draws. */
final class HeadFile {

  /** The ready prior that draws them and segments them. */
  static final String MODEL = "brain";

  private HeadFile() {}

  /**
   * Writes an image.
   *
   * @param spacing in mm; at 1 mm it has 160 x 192 x 224 voxels
   * @param seed of the anatomy and the noise
   */
  static void write(final Path file, final int spacing, final int seed) {
    final Engine engine = Engine.start("cpu", 0, false);
    try (AnatomicalPrior prior = ModelBundle.open(ReadyModels.find(Path.of(MODEL)), engine)) {
      final SpatialImage<?> ids = new AnatomySampler(prior).draw(seed, 0, "head");
      final byte[] indices =
          LabelMaps.toIndices(
              new AnatomySampler(prior).draw(seed, 0, "head"),
              prior.description().labels(),
              Progress.NONE);
      final Grid grid = Heads.grid(spacing);
      final double[] from = centre(ids.grid()), to = centre(grid);
      final byte[] map =
          Resampler.labels(
              indices,
              ids.grid(),
              Affine.translation(to[0] - from[0], to[1] - from[1], to[2] - from[2]),
              grid,
              engine.threads(),
              Progress.NONE);
      for (int v = 0; v < map.length; v++) if ((map[v] & 0xff) == Resampler.OUTSIDE) map[v] = 0;
      final short[] x = Heads.image(map, prior.description().labels().groupIndices(), seed);
      new NiftiWriter()
          .write(
              ArrayImgs.unsignedShorts(x, grid.size(0), grid.size(1), grid.size(2)),
              grid,
              NiftiHeader.empty(),
              file);
    }
  }

  private static double[] centre(final Grid grid) {
    return grid.toWorld()
        .apply(Arrays.stream(grid.size()).mapToDouble(n -> (n - 1) / 2.0).toArray());
  }
}
