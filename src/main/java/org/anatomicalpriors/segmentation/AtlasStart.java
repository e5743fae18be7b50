package org.anatomicalpriors.segmentation;

import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.GroupProbabilities;
import org.anatomicalpriors.model.ImageVector;
import org.anatomicalpriors.model.IntensityFit;
import org.anatomicalpriors.model.IntensityModel;
import org.anatomicalpriors.model.IntensityStart;
import org.anatomicalpriors.model.LabelPosteriors;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.Resampler;

/**
 * Where every fit starts from: the image aligned to the prior's grid, and its intensities fitted
 * there with the voxel-wise atlas.
 */
public final class AtlasStart {

  private final AnatomicalPrior model;
  private final Settings settings;
  private final float[] atlas;
  private final int[] labelGroups;
  private final GroupProbabilities groups;

  /** Prepares for a model with {@link SegmentationSettings}. */
  public AtlasStart(final AnatomicalPrior model, final Settings settings) {
    this.model = model;
    this.settings = settings;
    atlas = model.atlas();
    labelGroups = model.description().labels().groupIndices();
    groups = GroupProbabilities.of(atlas, labelGroups);
  }

  /** The affine map from the image's world to the prior's, or identity if that is switched off. */
  Affine align(
      final float[] voxels, final Grid grid, final IntensityScale scale, final Progress progress) {
    if (!settings.get(SegmentationSettings.ALIGN)) return Affine.identity();
    return new ImageAlignment(
            atlas,
            model.description().grid(),
            labelGroups,
            groups.groups(),
            settings,
            model.engine().threads(),
            progress)
        .find(voxels, grid, scale);
  }

  /** An image on the prior's grid with its intensities under the atlas. */
  public final class Fitted {
    public final ImageVector image;
    public final IntensityModel intensities;

    private Fitted(final ImageVector image, final IntensityModel intensities) {
      this.image = image;
      this.intensities = intensities;
    }

    /** Label posteriors under the atlas, (V, L) by rows. */
    public float[] posteriors() {
      return LabelPosteriors.of(atlas, image, intensities);
    }

    /** Most probable label index of every voxel. */
    public byte[] mostProbable() {
      return LabelPosteriors.mostProbable(posteriors(), labelGroups.length);
    }
  }

  /** Brings an image to the prior's grid and fits its intensities. */
  Fitted fit(
      final float[] voxels,
      final Grid grid,
      final Affine toCommon,
      final IntensityScale scale,
      final Progress progress) {
    final Grid prior = model.description().grid();
    final ImageVector x =
        scale.apply(
            Resampler.image(
                voxels,
                grid.size(),
                Resampler.targetVoxelToSourceVoxel(grid, toCommon, prior),
                prior.size(),
                model.engine().threads(),
                progress));
    final IntensityModel start =
        IntensityStart.from(
            groups,
            x,
            labelGroups,
            settings.getInt(SegmentationSettings.BACKGROUND_COMPONENTS),
            settings.get(SegmentationSettings.INTENSITY_STRENGTH));
    return new Fitted(
        x,
        IntensityFit.run(groups, x, start, settings.getInt(SegmentationSettings.EM_ITERATIONS))
            .model());
  }
}
