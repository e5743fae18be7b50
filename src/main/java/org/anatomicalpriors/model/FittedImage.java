package org.anatomicalpriors.model;

/** An image on a prior's grid with intensities that were fitted under the atlas. Immutable. */
public final class FittedImage {

  private final ImageVector image;
  private final IntensityModel intensities;

  public FittedImage(final ImageVector image, final IntensityModel intensities) {
    this.image = image;
    this.intensities = intensities;
  }

  public ImageVector image() {
    return image;
  }

  public IntensityModel intensities() {
    return intensities;
  }
}
