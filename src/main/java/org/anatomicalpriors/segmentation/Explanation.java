package org.anatomicalpriors.segmentation;

import org.anatomicalpriors.model.GroupProbabilities;
import org.anatomicalpriors.model.ImageVector;
import org.anatomicalpriors.model.IntensityFit;
import org.anatomicalpriors.model.IntensityModel;
import org.anatomicalpriors.progress.Progress;

/**
 * What an anatomy says of an image: how much better the image is explained by where each intensity
 * group is expected than by how often. About nothing if the image shows something else; what is
 * outside of a mask is part of what it shows. Immutable.
 */
final class Explanation {

  /** Updates of the intensities without anatomy; these start from those with it. */
  private static final int WITHOUT_ANATOMY = 10;

  /**
   * Least share of an image that fits. With a prior of the human brain, brains and averages of them
   * have 0.63 to 0.70, noise 0.00, a crop round a hippocampus 0.06; but a mouse's brain that was
   * ten times enlarged has 0.32 and a ball 0.54.
   */
  private static final double FITS = 0.25;

  private final double nats;
  private final double share;

  private Explanation(final double nats, final double share) {
    this.nats = nats;
    this.share = share;
  }

  /**
   * @param groups probability of every voxel and group, fitted to the image
   * @param model intensities that go with them
   * @param logLikelihood of the image under both, in nats
   */
  static Explanation of(
      final GroupProbabilities groups,
      final ImageVector image,
      final IntensityModel model,
      final double logLikelihood,
      final Progress progress) {
    final int g = groups.groups();
    final float[] rows = groups.rows();
    final double counted = Math.max(1, image.counted());
    final double[] often = new double[g];
    for (int v = 0; v < image.voxels(); v++)
      for (int i = 0; i < g; i++) often[i] += image.mask()[v] * rows[v * g + i] / counted;
    final float[] anywhere = new float[rows.length];
    for (int v = 0; v < image.voxels(); v++)
      for (int i = 0; i < g; i++) anywhere[v * g + i] = (float) often[i];
    final IntensityFit without =
        IntensityFit.run(
            GroupProbabilities.ofGroups(anywhere, g), image, model, WITHOUT_ANATOMY, progress);
    final double nats = (logLikelihood - without.logLikelihood()) / counted;
    double most = 0;
    for (final double p : often) if (p > 0) most -= p * Math.log(p);
    return new Explanation(nats, most > 0 ? nats / most : 0);
  }

  /** Nats a voxel. */
  double nats() {
    return nats;
  }

  /**
   * The nats as a share of the entropy of the groups, the most that places could tell of them
   * (Theil's uncertainty coefficient, of intensities that tell groups apart without fail).
   */
  double share() {
    return share;
  }

  /** Whether the image shows the anatomy, as far as this can tell. */
  boolean fits() {
    return share >= FITS;
  }
}
