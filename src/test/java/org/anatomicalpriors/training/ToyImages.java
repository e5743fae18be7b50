package org.anatomicalpriors.training;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;
import org.anatomicalpriors.tensorflow.Gaussians;
import org.anatomicalpriors.tensorflow.TestEngine;

/** Noisy images of {@link ToyMaps} label maps, each structure with a mean of its own. */
public final class ToyImages implements ImageSource {

  /** Mean intensity of background, ellipsoid, box and ball. */
  private static final float[] MEANS = {20, 100, 170, 60};

  private static final double NOISE = 9;

  private final ImageSource maps;

  public ToyImages(final int count, final int depth) {
    this(new ToyMaps(count, depth));
  }

  ToyImages(final ImageSource maps) {
    this.maps = maps;
  }

  public static double mean(final int label) {
    return MEANS[label];
  }

  /** The label maps of which the images are. */
  public ImageSource maps() {
    return maps;
  }

  @Override
  public int size() {
    return maps.size();
  }

  @Override
  public String name(final int index) {
    return maps.name(index);
  }

  @Override
  public String hash(final int index) {
    return "image of " + maps.hash(index);
  }

  @Override
  public SpatialImage<FloatType> load(final int index) {
    final SpatialImage<? extends RealType<?>> map = maps.load(index);
    final float[] labels = VoxelRows.toFloats(map.voxels());
    final float[] x = new float[labels.length];
    Gaussians.fill(x, new SplittableRandom(index), NOISE);
    for (int v = 0; v < x.length; v++) x[v] += MEANS[(int) labels[v]];
    return new SpatialImage<>(
        ArrayImgs.floats(x, map.grid().size(0), map.grid().size(1), map.grid().size(2)),
        map.grid(),
        map.name());
  }

  /** A prior that learned the maps for a while. */
  public static AnatomicalPrior prior(final int depth, final long steps, final Path folder) {
    return PriorTraining.with(
            Settings.of(PriorSettings.ALL)
                .with(PriorSettings.SPACING, 1.0)
                .with(PriorSettings.STEPS, steps)
                .with(PriorSettings.CHANNELS, List.of(8, 8))
                .with(PriorSettings.LATENT_SIZE, 2L)
                .with(PriorSettings.LEARNING_RATE, 0.01)
                .with(PriorSettings.AFFINE, 0.0)
                .with(PriorSettings.DEFORMATION, 0.0)
                .with(PriorSettings.VALIDATION, 0.0)
                .with(PriorSettings.ALIGN, false))
        .train(
            new ToyMaps(6, depth),
            null,
            TestEngine.get(),
            folder.resolve("toy.checkpoint"),
            false,
            Progress.NONE);
  }
}
