package org.anatomicalpriors.accuracy;

import org.anatomicalpriors.evaluation.FileScores;

/** How well one image was segmented, and in what time. */
final class Score {

  private final FileScores dice;
  private final double seconds;

  Score(final FileScores dice, final double seconds) {
    this.dice = dice;
    this.seconds = seconds;
  }

  FileScores dice() {
    return dice;
  }

  /** Of the segmentation, reading and writing left out. */
  double seconds() {
    return seconds;
  }
}
