package org.anatomicalpriors.evaluation;

import java.util.List;

/** The scores of all labels of one segmentation. Immutable. */
public final class FileScores {

  private final String file;
  private final String unit;
  private final List<LabelScore> labels;

  FileScores(final String file, final String unit, final List<LabelScore> labels) {
    this.file = file;
    this.unit = unit;
    this.labels = List.copyOf(labels);
  }

  /** Name of the segmentation. */
  public String file() {
    return file;
  }

  /** Unit of the distances; volumes are in its cube. */
  public String unit() {
    return unit;
  }

  /** One score per label, background left out. */
  public List<LabelScore> labels() {
    return labels;
  }

  /** Mean and spread of a measure over the labels; labels without a value are left out. */
  public Statistics overLabels(final Measure measure) {
    return Statistics.of(labels.stream().mapToDouble(l -> l.get(measure)));
  }

  /** Mean Dice over the labels that are in at least one of the two maps. */
  public double meanDice() {
    return overLabels(Measure.DICE).mean();
  }
}
