package org.anatomicalpriors.space;

import java.util.Locale;

/** How one map was brought to the common space, and how well its landmarks agree there. */
public final class LandmarkFit {

  /** The kinds of map, from the one that needs most landmarks to the one that needs least. */
  public enum Method {
    /** Twelve parameters. */
    AFFINE,
    /** Rotation, translation and one scale. */
    SIMILARITY,
    /** Translation, and one scale from the spread of all labelled voxels. */
    SCALE,
    TRANSLATION
  }

  private final Affine toCommon;
  private final Method method;
  private final int landmarks;
  private final double mean;
  private final double median;
  private final double max;
  private final int idOfMax;

  LandmarkFit(
      final Affine toCommon,
      final Method method,
      final int landmarks,
      final double mean,
      final double median,
      final double max,
      final int idOfMax) {
    this.toCommon = toCommon;
    this.method = method;
    this.landmarks = landmarks;
    this.mean = mean;
    this.median = median;
    this.max = max;
    this.idOfMax = idOfMax;
  }

  /** World coordinates of the map to those of the common space; never mirrors. */
  public Affine toCommon() {
    return toCommon;
  }

  public Method method() {
    return method;
  }

  /** Number of landmarks that the map shares with the reference. */
  public int landmarks() {
    return landmarks;
  }

  /**
   * Mean distance of the landmarks from the reference, in world units, each with the weight that
   * its reliability gives it.
   */
  public double meanResidual() {
    return mean;
  }

  public double medianResidual() {
    return median;
  }

  /** Largest distance of a landmark that does not usually vary this much. */
  public double maxResidual() {
    return max;
  }

  /** Source id of the landmark with the largest distance. */
  public int idOfMaxResidual() {
    return idOfMax;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s by %d landmarks, residual mean %.3g, median %.3g, max %.3g (label %d)",
        method.name().toLowerCase(Locale.ROOT),
        landmarks,
        mean,
        median,
        max,
        idOfMax);
  }
}
