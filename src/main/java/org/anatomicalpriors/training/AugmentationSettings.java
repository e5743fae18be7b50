package org.anatomicalpriors.training;

import org.anatomicalpriors.InvalidInputException;

/**
 * How much augmented anatomies differ from the maps they come from. Lengths are parts of the prior
 * grid's mean extent (geometric mean over its axes, about 190 mm for a human brain), so that one
 * setting holds for a brain in mm and a fly in um. Immutable; {@code with...} give changed copies.
 */
public final class AugmentationSettings {

  private static final AugmentationSettings DEFAULTS =
      new AugmentationSettings(5, 0.07, 0.03, 0.015, 0.015, 0.12, 0.01, 0.3, true);

  private final double rotation;
  private final double scale;
  private final double shear;
  private final double translation;
  private final double deformation;
  private final double deformationSpacing;
  private final double coarseDeformation;
  private final double coarseSpacing;
  private final boolean flip;

  private AugmentationSettings(
      final double rotation,
      final double scale,
      final double shear,
      final double translation,
      final double deformation,
      final double deformationSpacing,
      final double coarseDeformation,
      final double coarseSpacing,
      final boolean flip) {
    this.rotation = atLeastZero(rotation, "rotation");
    this.scale = atLeastZero(scale, "scale");
    this.shear = atLeastZero(shear, "shear");
    this.translation = atLeastZero(translation, "translation");
    this.deformation = atLeastZero(deformation, "deformation");
    this.deformationSpacing = deformationSpacing;
    this.coarseDeformation = atLeastZero(coarseDeformation, "coarse deformation");
    this.coarseSpacing = coarseSpacing;
    this.flip = flip;
    if (!(deformationSpacing >= 0.02 && coarseSpacing >= 0.02))
      throw new InvalidInputException(
          "A deformation spacing of "
              + Math.min(deformationSpacing, coarseSpacing)
              + " was given; it is a part of the grid's extent and must be 0.02 or more.");
  }

  private static double atLeastZero(final double value, final String name) {
    if (value >= 0 && value < 1000) return value;
    throw new InvalidInputException(
        "An augmentation " + name + " of " + value + " was given; it must be 0 or more.");
  }

  /** Plausible anatomies: for a human brain about 3 mm of translation and 3.5 of deformation. */
  public static AugmentationSettings defaults() {
    return DEFAULTS;
  }

  /** No change at all: maps are only brought to the prior's grid. */
  public static AugmentationSettings none() {
    return new AugmentationSettings(0, 0, 0, 0, 0, 0.12, 0, 0.3, false);
  }

  /**
   * @param rotation standard deviation per axis, degrees
   * @param scale standard deviation of the logarithm of each axis' scale; half of the variance is
   *     common to all axes
   * @param shear standard deviation of each shear
   * @param translation standard deviation per axis, part of the extent
   */
  public AugmentationSettings withAffine(
      final double rotation, final double scale, final double shear, final double translation) {
    return new AugmentationSettings(
        rotation,
        scale,
        shear,
        translation,
        deformation,
        deformationSpacing,
        coarseDeformation,
        coarseSpacing,
        flip);
  }

  /**
   * @param amplitude standard deviation of each displacement component, part of the extent
   * @param spacing distance of control points, part of the extent
   * @param coarseAmplitude the same for a second, smoother deformation; 0 for none
   */
  public AugmentationSettings withDeformation(
      final double amplitude,
      final double spacing,
      final double coarseAmplitude,
      final double coarseSpacing) {
    return new AugmentationSettings(
        rotation,
        scale,
        shear,
        translation,
        amplitude,
        spacing,
        coarseAmplitude,
        coarseSpacing,
        flip);
  }

  /**
   * @param flip whether every second anatomy is flipped left to right; only for symmetric label
   *     sets
   */
  public AugmentationSettings withFlip(final boolean flip) {
    return new AugmentationSettings(
        rotation,
        scale,
        shear,
        translation,
        deformation,
        deformationSpacing,
        coarseDeformation,
        coarseSpacing,
        flip);
  }

  public double rotation() {
    return rotation;
  }

  public double scale() {
    return scale;
  }

  public double shear() {
    return shear;
  }

  public double translation() {
    return translation;
  }

  public double deformation() {
    return deformation;
  }

  public double deformationSpacing() {
    return deformationSpacing;
  }

  public double coarseDeformation() {
    return coarseDeformation;
  }

  public double coarseSpacing() {
    return coarseSpacing;
  }

  public boolean flip() {
    return flip;
  }
}
