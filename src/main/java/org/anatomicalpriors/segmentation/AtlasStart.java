package org.anatomicalpriors.segmentation;

import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.GroupProbabilities;
import org.anatomicalpriors.model.ImageVector;
import org.anatomicalpriors.model.IntensityModel;
import org.anatomicalpriors.model.IntensityStart;
import org.anatomicalpriors.model.LabelPosteriors;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;

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
  private final AnatomyRegion region;

  /** Prepares for a model with {@link SegmentationSettings}. */
  public AtlasStart(final AnatomicalPrior model, final Settings settings) {
    this.model = model;
    this.settings = settings;
    atlas = model.atlas();
    labelGroups = model.description().labels().groupIndices();
    groups = GroupProbabilities.of(atlas, labelGroups);
    region =
        settings.get(SegmentationSettings.FIND_MASK)
            ? AnatomyRegion.of(atlas, model.description().grid())
            : null;
  }

  /** Where the anatomy may be; null for anywhere. */
  AnatomyRegion region() {
    return region;
  }

  /** The atlas's label probabilities, (V, L) by rows; not to be changed. */
  float[] atlas() {
    return atlas;
  }

  /**
   * Aligns an image of one or more channels and fits its intensities.
   *
   * @throws org.anatomicalpriors.InvalidInputException if the image cannot be used
   */
  public Fitted start(final Subject subject, final Progress progress) {
    final SpatialImage<? extends RealType<?>> image = subject.image();
    requireFit(image);
    final SubjectVoxels voxels = new SubjectVoxels(subject);
    final Affine toCommon = align(image.name(), voxels, progress);
    return fit(image.name(), voxels, toCommon, PickedIntensities.none(), false, progress);
  }

  /** The affine map from the image's world to the prior's, or identity if that is switched off. */
  Affine align(final String name, final SubjectVoxels voxels, final Progress progress) {
    if (!settings.get(SegmentationSettings.ALIGN)) return Affine.identity();
    return new ImageAlignment(
            atlas,
            model.description().grid(),
            labelGroups,
            groups.groups(),
            settings,
            model.engine().threads(),
            progress)
        .find(voxels, name);
  }

  /** Refuses an image of another kind or unit than the model's. */
  void requireFit(final SpatialImage<? extends RealType<?>> image) {
    final Grid prior = model.description().grid();
    if (image.grid().is2D() != prior.is2D())
      throw new InvalidInputException(
          image.name()
              + " is "
              + (image.grid().is2D() ? "one slice" : "a volume")
              + " and the model was trained on "
              + (prior.is2D() ? "slices" : "volumes")
              + "; give an image of the same kind.");
    if (!image.grid().unit().equals(prior.unit()))
      throw new InvalidInputException(
          image.name()
              + " is in "
              + image.grid().unit()
              + " and the model in "
              + prior.unit()
              + "; correct the unit in the image's header or calibration.");
  }

  /** An image on the prior's grid with what was fitted to it under the atlas. */
  public final class Fitted {
    final ImageFit fit;
    final Affine toCommon;
    final Warp warp;
    private final float[] moved;

    private Fitted(final Affine toCommon, final ImageFit fit, final Warp warp) {
      this.toCommon = toCommon;
      this.fit = fit;
      this.warp = warp;
      moved = warp == null ? atlas : warp.apply(atlas, labelGroups.length);
    }

    /** The image on the prior's grid, corrected for its bias. */
    public ImageVector image() {
      return fit.corrected();
    }

    /** Its intensities under the atlas. */
    public IntensityModel intensities() {
      return fit.intensities();
    }

    /** The map from the image's world to the prior's. */
    public Affine toCommon() {
      return toCommon;
    }

    /** Label posteriors under the atlas, (V, L) by rows. */
    public float[] posteriors() {
      return LabelPosteriors.of(moved, image(), intensities());
    }

    /** Most probable label index of every voxel. */
    public byte[] mostProbable() {
      return LabelPosteriors.mostProbable(posteriors(), labelGroups.length);
    }
  }

  /**
   * Brings an image to the prior's grid and fits its intensities, its bias field and, if wanted, a
   * deformation of the atlas there.
   *
   * @param name by which messages call the image
   * @param toCommon its place
   * @param picked intensities that are known
   * @param deformed whether the atlas is deformed; where a shape code is to be found, that explains
   *     the anatomy better
   * @throws InvalidInputException if no voxel comes to lie on the prior's grid
   */
  Fitted fit(
      final String name,
      final SubjectVoxels voxels,
      final Affine toCommon,
      final PickedIntensities picked,
      final boolean deformed,
      final Progress progress) {
    final Grid prior = model.description().grid();
    final ImageVector x = resample(name, voxels, toCommon, progress);
    final ImageFit fit =
        new ImageFit(
            prior, x, intensities(x, picked), settings, model.engine().threads(), progress);
    if (deformed) return new Fitted(toCommon, fit, fit.fitDeformed(groups));
    fit.fitAppearance(groups);
    return new Fitted(toCommon, fit, null);
  }

  /** First intensities of an image, of which some may be known. */
  private IntensityModel intensities(final ImageVector x, final PickedIntensities picked) {
    return picked.applyTo(
        IntensityStart.from(
            groups,
            x,
            labelGroups,
            settings.getInt(SegmentationSettings.BACKGROUND_COMPONENTS),
            settings.get(SegmentationSettings.INTENSITY_STRENGTH)));
  }

  private ImageVector resample(
      final String name,
      final SubjectVoxels voxels,
      final Affine toCommon,
      final Progress progress) {
    final ImageVector all =
        voxels.on(model.description().grid(), toCommon, model.engine().threads(), progress);
    final ImageVector x = region == null ? all : all.within(region::contains);
    if (x.counted() == 0)
      throw new InvalidInputException(
          name
              + " does not reach into the model's space; let it be aligned, or correct its header.");
    if (x.countComplete() == 0)
      throw new InvalidInputException(
          "The channels of "
              + name
              + " have no voxel in common in the model's space; give channels that show the same part of the anatomy.");
    return x;
  }
}
