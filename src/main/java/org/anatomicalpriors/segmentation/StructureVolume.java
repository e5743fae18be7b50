package org.anatomicalpriors.segmentation;

import org.anatomicalpriors.labels.Label;

/** Size of one structure in one image. */
public final class StructureVolume {

  private final Label label;
  private final double volume;
  private final String unit;
  private final double confidence;

  StructureVolume(
      final Label label, final double volume, final String unit, final double confidence) {
    this.label = label;
    this.volume = volume;
    this.unit = unit;
    this.confidence = confidence;
  }

  public Label label() {
    return label;
  }

  /** In cubic {@link #unit()}. */
  public double volume() {
    return volume;
  }

  /** Unit of length. */
  public String unit() {
    return unit;
  }

  /**
   * Quality figure: mean posterior probability of the label over the voxels that got it, NaN if
   * none did.
   */
  public double confidence() {
    return confidence;
  }
}
