package org.anatomicalpriors.accuracy;

import org.anatomicalpriors.evaluation.FileScores;

/** How well one image was segmented, in what time and in how much memory. */
final class Score {

  private final FileScores dice;
  private final double seconds;
  private final double peakBytes;

  Score(final FileScores dice, final double seconds, final double peakBytes) {
    this.dice = dice;
    this.seconds = seconds;
    this.peakBytes = peakBytes;
  }

  FileScores dice() {
    return dice;
  }

  /** Of the segmentation, reading and writing left out. */
  double seconds() {
    return seconds;
  }

  /** Most main memory of the process meanwhile, with the model and the image. */
  double peakBytes() {
    return peakBytes;
  }
}
