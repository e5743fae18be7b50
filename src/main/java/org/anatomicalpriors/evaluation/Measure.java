package org.anatomicalpriors.evaluation;

/**
 * A figure that compares one label of a segmentation with the same label of a reference. Distances
 * and volumes are in the world unit of the reference's grid. For a label that is in neither map all
 * measures but the volumes are NaN; for one that is in a single map Dice is 0 and distances are
 * NaN.
 *
 * <p>A <i>surface voxel</i> is a voxel of the label with at least one of its six face neighbours
 * (four for a single slice) outside the label; beyond the border of the image counts as outside.
 * Distances are Euclidean, between centres of surface voxels, with the grid's spacing along each
 * axis.
 */
public enum Measure {
  /** Overlap {@code 2 |A and B| / (|A| + |B|)}, 0 to 1. */
  DICE("dice", Dimension.NONE),
  /**
   * Hausdorff distance with the largest 5 % left out: the larger of the two directed 95th
   * percentiles of the distances from the surface voxels of one map to the surface of the other.
   * Between order statistics the percentile is interpolated linearly.
   */
  HAUSDORFF_95("hd95", Dimension.LENGTH),
  /**
   * Average symmetric surface distance: the mean of the distances of all surface voxels of both
   * maps, each to the surface of the other map.
   */
  SURFACE_DISTANCE("asd", Dimension.LENGTH),
  /** Volume of the label in the reference. */
  REFERENCE_VOLUME("reference_volume", Dimension.VOLUME),
  /** Volume of the label in the segmentation. */
  VOLUME("volume", Dimension.VOLUME),
  /** Segmented volume minus reference volume. */
  VOLUME_DIFFERENCE("volume_difference", Dimension.VOLUME),
  /**
   * Volume difference in per cent of the reference volume; NaN if the reference lacks the label.
   */
  VOLUME_DIFFERENCE_PERCENT("volume_difference_percent", Dimension.NONE);

  /** What a measure's unit is made of. */
  public enum Dimension {
    NONE,
    LENGTH,
    VOLUME
  }

  private final String column;
  private final Dimension dimension;

  Measure(final String column, final Dimension dimension) {
    this.column = column;
    this.dimension = dimension;
  }

  /** Name of this measure's column in tables. */
  public String column() {
    return column;
  }

  public Dimension dimension() {
    return dimension;
  }
}
