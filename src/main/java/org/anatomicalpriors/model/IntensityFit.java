package org.anatomicalpriors.model;

import org.anatomicalpriors.progress.Progress;

/**
 * Expectation maximisation of an image's intensities, label probabilities given (the closed form of
 * the model's M-step, iterated).
 */
public final class IntensityFit {

  /** Every how many voxels one is used until the last iterations. */
  private static final int COARSE_STEP = 3;

  private final IntensityModel model;
  private final double logLikelihood;

  private IntensityFit(final IntensityModel model, final double logLikelihood) {
    this.model = model;
    this.logLikelihood = logLikelihood;
  }

  /**
   * @param groups probability of every voxel and group
   * @param x the image
   * @param start first intensities
   * @param iterations at most; ends earlier when the likelihood per voxel no longer rises by 1e-5
   */
  public static IntensityFit run(
      final GroupProbabilities groups,
      final ImageVector x,
      final IntensityModel start,
      final int iterations) {
    return run(groups, x, start, iterations, Progress.NONE);
  }

  /**
   * Runs as above and can be stopped between two iterations.
   *
   * @throws org.anatomicalpriors.progress.CancelledException if the user asked to stop
   */
  public static IntensityFit run(
      final GroupProbabilities groups,
      final ImageVector x,
      final IntensityModel start,
      final int iterations,
      final Progress progress) {
    IntensityModel model = start;
    int step = iterations > 4 ? COARSE_STEP : 1;
    double before = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < iterations; i++) {
      progress.checkCancelled();
      final GroupProbabilities.Statistics s = groups.statistics(x, model, step);
      final boolean converged = s.logLikelihood - before < 1e-5 * Math.max(1, x.counted());
      if (converged && step == 1) return new IntensityFit(model, s.logLikelihood);
      if (converged) step = 1;
      before = converged ? Double.NEGATIVE_INFINITY : s.logLikelihood;
      model = model.updated(s.sums);
    }
    return new IntensityFit(model, groups.logLikelihood(x, model));
  }

  public IntensityModel model() {
    return model;
  }

  /** log p(x | label probabilities) under the model, in nats, on the image vector's scale. */
  public double logLikelihood() {
    return logLikelihood;
  }
}
