package org.anatomicalpriors.segmentation;

import org.anatomicalpriors.labels.Label;

/** Size of one structure in one image. */
public final class StructureVolume {

  private final Label label;
  private final double volume;
  private final String unit;
  private final double confidence;
  private final double expectedDice;

  StructureVolume(
      final Label label,
      final double volume,
      final String unit,
      final double confidence,
      final double expectedDice) {
    this.label = label;
    this.volume = volume;
    this.unit = unit;
    this.confidence = confidence;
    this.expectedDice = expectedDice;
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

  /** Mean posterior probability of the label over the voxels that got it, NaN if none did. */
  public double confidence() {
    return confidence;
  }

  /**
   * Quality figure: the Dice that the structure has if the posterior probabilities are right, NaN
   * if no voxel got its label. It predicts the Dice better than the confidence does.
   */
  public double expectedDice() {
    return expectedDice;
  }
}
