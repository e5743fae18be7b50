package org.anatomicalpriors.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.labels.LabelMaps;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.LabelCentroids;
import org.anatomicalpriors.space.Resampler;
import org.anatomicalpriors.space.SpatialImage;

/**
 * Anatomies that a prior holds for likely, as label maps (ids) on its own grid in the common space:
 * the most probable label of p(s|z) at every voxel.
 *
 * <pre>{@code
 * SpatialImage<?> invented = new AnatomySampler(prior).draw(7, 0, "sample");
 * }</pre>
 */
public final class AnatomySampler {

  private final AnatomicalPrior prior;

  public AnatomySampler(final AnatomicalPrior prior) {
    this.prior = prior;
  }

  /**
   * An anatomy for z drawn from p(z) = N(0, I).
   *
   * @param seed start of the random numbers
   * @param index which of this seed's anatomies, from 0
   */
  public SpatialImage<? extends IntegerType<?>> draw(
      final long seed, final int index, final String name) {
    return decode(code(seed, index), name);
  }

  /** The code of {@link #draw}: z drawn from p(z) = N(0, I). */
  public float[] code(final long seed, final int index) {
    final SplittableRandom seeds = new SplittableRandom(seed);
    for (int i = 0; i < index; i++) seeds.nextLong();
    final int n = prior.description().architecture().latentCount();
    final LatentCode standard = new LatentCode(new float[n], new float[n]);
    return standard.sample(new SplittableRandom(seeds.nextLong()));
  }

  /**
   * The anatomies along the straight line between two codes, both ends included.
   *
   * @param frames number of anatomies, 2 or more
   */
  public List<SpatialImage<? extends IntegerType<?>>> path(
      final float[] from, final float[] to, final int frames, final Progress progress) {
    final List<SpatialImage<? extends IntegerType<?>>> path = new ArrayList<>();
    for (int k = 0; k < frames; k++) {
      progress.checkCancelled();
      progress.update("Walking from one anatomy to the other", k, frames, "");
      final float[] z = ShapePoint.between(from, to, k / (frames - 1f));
      path.add(decode(z, String.format(Locale.ROOT, "path_%02d", k + 1)));
    }
    progress.update("Walking from one anatomy to the other", frames, frames, "");
    return path;
  }

  /**
   * The mean of q(z|s) of any label map, which is aligned to the prior by its label centroids.
   *
   * @throws org.anatomicalpriors.InvalidInputException if it shares no label with the prior
   */
  public float[] encode(final SpatialImage<? extends RealType<?>> map, final Progress progress) {
    return prior.encode(onGrid(map, progress)).mean();
  }

  /**
   * A label map aligned to the prior, on the prior's grid, as ids.
   *
   * @throws org.anatomicalpriors.InvalidInputException if it shares no label with the prior
   */
  public SpatialImage<? extends IntegerType<?>> aligned(
      final SpatialImage<? extends RealType<?>> map, final Progress progress) {
    return ids(onGrid(map, progress), map.name());
  }

  /** The mean of q(z|s) of a label map that {@link #aligned} returned. */
  public float[] encodeAligned(
      final SpatialImage<? extends RealType<?>> map, final Progress progress) {
    return prior.encode(LabelMaps.toIndices(map, prior.description().labels(), progress)).mean();
  }

  /** The most probable labels of the voxel-wise atlas. */
  public SpatialImage<? extends IntegerType<?>> atlas() {
    return ids(
        LabelPosteriors.mostProbable(prior.atlas(), prior.description().labels().size()), "atlas");
  }

  /** The most probable labels for a code. */
  public SpatialImage<? extends IntegerType<?>> decode(final float[] z, final String name) {
    return ids(
        LabelPosteriors.mostProbable(prior.decode(z), prior.description().labels().size()), name);
  }

  private byte[] onGrid(final SpatialImage<? extends RealType<?>> map, final Progress progress) {
    final ModelDescription d = prior.description();
    final LabelSet labels = d.labels();
    final byte[] indices = LabelMaps.toIndices(map, labels, progress);
    final LabelCentroids centroids =
        LabelCentroids.of(map, id -> labels.indexOfSource(id) > 0, progress);
    final Affine toCommon =
        d.landmarks().positions().isEmpty()
            ? Affine.identity() // learned from maps as they lie
            : d.landmarks().fit(centroids, map.name()).toCommon();
    return Resampler.labels(
        indices, map.grid(), toCommon, d.grid(), prior.engine().threads(), progress);
  }

  private SpatialImage<? extends IntegerType<?>> ids(final byte[] indices, final String name) {
    return LabelMaps.toIds(indices, prior.description().grid(), prior.description().labels(), name);
  }
}
