package org.anatomicalpriors.segmentation;

import org.anatomicalpriors.model.LatentCode;

/** The anatomy that was found in one image, on the prior's grid, and what was fitted with it. */
final class FittedShape {

  /** Label probabilities, (V, L) by rows, not deformed. */
  final float[] probabilities;

  /** q(z), or null if there is no z. */
  final LatentCode code;

  /** Intensities and bias field. */
  final ImageFit fit;

  /** The deformation of the probabilities, or null. */
  final Warp warp;

  FittedShape(
      final float[] probabilities, final LatentCode code, final ImageFit fit, final Warp warp) {
    this.probabilities = probabilities;
    this.code = code;
    this.fit = fit;
    this.warp = warp;
  }

  /** The voxel-wise atlas as it was fitted at the start. */
  static FittedShape ofAtlas(final float[] atlas, final AtlasStart.Fitted start) {
    return new FittedShape(atlas, null, start.fit, start.warp);
  }
}
