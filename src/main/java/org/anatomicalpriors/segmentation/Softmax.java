package org.anatomicalpriors.segmentation;

/** Probabilities from unnormalised log-probabilities. */
final class Softmax {

  private Softmax() {}

  static int argmax(final float[] scores) {
    int best = 0;
    for (int l = 1; l < scores.length; l++) if (scores[l] > scores[best]) best = l;
    return best;
  }

  static double at(final float[] scores, final int label) {
    double total = 0;
    for (final float s : scores) {
      final double d = s - scores[label];
      if (d > 50) return 0;
      if (d > -30) total += Math.exp(d);
    }
    return 1 / total;
  }

  /** Adds {@code weight} times the probabilities to {@code sum}. */
  static void add(final float[] scores, final double weight, final double[] sum) {
    final float largest = scores[argmax(scores)];
    double total = 0;
    for (final float s : scores) total += Math.exp(s - largest);
    for (int l = 0; l < scores.length; l++)
      sum[l] += weight * Math.exp(scores[l] - largest) / total;
  }
}
