package org.anatomicalpriors.segmentation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.anatomicalpriors.model.AnatomicalPrior;
import org.anatomicalpriors.model.ImageVector;
import org.anatomicalpriors.model.IntensityModel;
import org.anatomicalpriors.model.Keeping;
import org.anatomicalpriors.model.LatentCode;
import org.anatomicalpriors.model.LatentFit;
import org.anatomicalpriors.model.Learning;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.tensorflow.Gaussians;

/**
 * Gradient steps that fit q(z) and the intensities to one image, until they gain no more; those for
 * which TensorFlow's memory runs out are done keeping less.
 */
final class Refinement {

  /** Steps whose mean objective is compared with that of as many before: single ones are noisy. */
  private static final int WINDOW = 5;

  /** Least gain of a step that is worth another, in nats a voxel. */
  private static final double LEAST_GAIN = 1e-4;

  private final AnatomicalPrior model;
  private final Settings settings;

  Refinement(final AnatomicalPrior model, final Settings settings) {
    this.model = model;
    this.settings = settings;
  }

  /** Where the steps ended. */
  static final class Result {
    final LatentCode code;
    final IntensityModel intensities;
    final List<Double> objectives;

    Result(final LatentCode code, final IntensityModel intensities, final List<Double> objectives) {
      this.code = code;
      this.intensities = intensities;
      this.objectives = objectives;
    }
  }

  Result run(
      final ImageVector image,
      final LatentCode start,
      final IntensityModel intensities,
      final Progress progress) {
    final int steps = settings.getInt(SegmentationSettings.REFINE);
    final double rate = settings.get(SegmentationSettings.REFINE_RATE);
    final SplittableRandom random = new SplittableRandom(settings.get(SegmentationSettings.SEED));
    final List<Double> objectives = new ArrayList<>();
    final int voxels = image.countComplete(); // those that the objective sums over
    IntensityModel now = intensities;
    try (Learning<LatentFit> fit =
        new Learning<>(
            keeping -> new LatentFit(model, settings.get(SegmentationSettings.OBJECTIVE), keeping),
            model.isInSlabs() ? Keeping.SLABS : Keeping.ALL,
            Keeping.SLABS,
            "refinement",
            progress)) {
      fit.learner().start(start);
      for (int i = 0; i < steps && !hasConverged(objectives, voxels); i++) {
        progress.checkCancelled();
        final float[] epsilon = new float[start.mean().length];
        Gaussians.fill(epsilon, random, 1);
        final IntensityModel before = now;
        final long number = i;
        final LatentFit.Step step =
            fit.step(number, f -> f.step(image, before, epsilon, number, rate));
        now = step.intensities();
        objectives.add(step.objective());
        progress.update(
            "Refining", i + 1, steps, String.format("objective %.0f nats", step.objective()));
      }
      return new Result(fit.learner().code(), now, objectives);
    }
  }

  /**
   * Whether the last steps, and those before them, gained less than is worth more of them: once
   * alone may be a chance.
   *
   * @param objectives of all steps, in nats
   */
  static boolean hasConverged(final List<Double> objectives, final int voxels) {
    final int n = objectives.size();
    final double least = LEAST_GAIN * WINDOW * voxels;
    return n >= 3 * WINDOW && gain(objectives, n) < least && gain(objectives, n - WINDOW) < least;
  }

  /** By how much the mean fell from the window before the last one until {@code end} to that. */
  private static double gain(final List<Double> objectives, final int end) {
    double gain = 0;
    for (int i = end - WINDOW; i < end; i++)
      gain += (objectives.get(i - WINDOW) - objectives.get(i)) / WINDOW;
    return gain;
  }
}
