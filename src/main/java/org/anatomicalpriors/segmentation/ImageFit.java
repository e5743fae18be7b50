package org.anatomicalpriors.segmentation;

import java.util.ArrayList;
import java.util.List;
import org.anatomicalpriors.model.GroupProbabilities;
import org.anatomicalpriors.model.ImageVector;
import org.anatomicalpriors.model.IntensityFit;
import org.anatomicalpriors.model.IntensityModel;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Setting;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.Grid;

/**
 * Fits what an image needs beyond label probabilities, all by the same log p(x | f), in turns:
 * intensities (EM), a bias field, and a deformation of the probabilities.
 */
final class ImageFit {

  private static final int ROUNDS = 4;
  private static final int WARP_STEPS = 2;
  private static final int EM_BETWEEN = 6;

  private final Grid prior;
  private final FitGrid grid;
  private final Settings settings;
  private final int threads;
  private final Progress progress;
  private final List<BiasField> bias = new ArrayList<>();
  private final ImageVector image;
  private ImageVector corrected;
  private IntensityModel model;
  private double logLikelihood;
  private GroupProbabilities last;

  /**
   * @param image on the prior's grid
   * @param start first intensities
   */
  ImageFit(
      final Grid prior,
      final ImageVector image,
      final IntensityModel start,
      final Settings settings,
      final int threads,
      final Progress progress) {
    this.prior = prior;
    this.settings = settings;
    this.threads = threads;
    this.progress = progress;
    grid = new FitGrid(prior);
    this.image = image;
    corrected = image;
    model = start;
    if (!settings.get(SegmentationSettings.BIAS)) return;
    for (int c = 0; c < image.channels(); c++)
      bias.add(
          new BiasField(
              c,
              prior,
              grid,
              knots(SegmentationSettings.BIAS_SPACING),
              settings.get(SegmentationSettings.BIAS_STIFFNESS)));
  }

  /** Distance of knots along x, y, z in voxels, from parts of the prior's extent. */
  private double[] knots(final Setting<Double> share) {
    final double distance = settings.get(share) * prior.extent();
    final double[] knots = new double[3];
    for (int d = 0; d < 3; d++) knots[d] = Math.max(1, distance / prior.spacing()[d]);
    return knots;
  }

  /** The image, corrected for its bias. */
  ImageVector corrected() {
    return corrected;
  }

  IntensityModel intensities() {
    return model;
  }

  /** log p(x | f) at the end, in nats. */
  double logLikelihood() {
    return logLikelihood;
  }

  /** What the probabilities that were fitted last say of the image. */
  Explanation explanation() {
    return Explanation.of(last, corrected, model, logLikelihood, progress);
  }

  /** The bias field of every channel; empty if there are none. */
  List<BiasField> bias() {
    return bias;
  }

  /** Intensities alone, to convergence. */
  private void fitIntensities(final GroupProbabilities groups, final int iterations) {
    final IntensityFit fit = IntensityFit.run(groups, corrected, model, iterations, progress);
    model = fit.model();
    logLikelihood = fit.logLikelihood();
    last = groups;
  }

  /** Intensities and bias field, probabilities given. */
  void fitAppearance(final GroupProbabilities groups) {
    fitIntensities(groups, settings.getInt(SegmentationSettings.EM_ITERATIONS));
    if (bias.isEmpty()) return;
    for (int round = 0; round < ROUNDS; round++) {
      improveBias(groups);
      fitIntensities(groups, EM_BETWEEN);
    }
  }

  private void improveBias(final GroupProbabilities groups) {
    if (bias.isEmpty()) return;
    progress.checkCancelled();
    for (final BiasField field : bias) field.improve(groups, image, corrected, model);
    corrected = image.dividedBy(c -> bias.get(c).logGain());
  }

  private PriorForces forces(final GroupProbabilities groups) {
    final ProbabilityField field =
        new ProbabilityField(groups.rows(), groups.groups(), prior.size());
    final PriorForces forces = new PriorForces(field, grid, corrected, threads, progress);
    forces.use(model);
    return forces;
  }

  /**
   * Appearance and a deformation of the probabilities, in turns.
   *
   * @return the deformation, or null if that is switched off
   */
  Warp fitDeformed(final GroupProbabilities groups) {
    if (!settings.get(SegmentationSettings.DEFORM)) {
      fitAppearance(groups);
      return null;
    }
    fitIntensities(groups, settings.getInt(SegmentationSettings.EM_ITERATIONS));
    final WarpFit fit =
        new WarpFit(
            prior,
            grid,
            knots(SegmentationSettings.DEFORMATION_SPACING),
            settings.get(SegmentationSettings.DEFORMATION_STIFFNESS));
    GroupProbabilities moved = groups;
    for (int round = 0; round < ROUNDS; round++) {
      improveBias(moved);
      if (!bias.isEmpty()) fitIntensities(moved, EM_BETWEEN);
      if (!fit.improve(forces(groups), WARP_STEPS) && bias.isEmpty()) break;
      moved = moved(groups, fit.warp());
      fitIntensities(moved, EM_BETWEEN);
    }
    return fit.warp();
  }

  private static GroupProbabilities moved(final GroupProbabilities groups, final Warp warp) {
    final int g = groups.groups();
    return GroupProbabilities.ofGroups(warp.apply(groups.rows(), g), g);
  }
}
