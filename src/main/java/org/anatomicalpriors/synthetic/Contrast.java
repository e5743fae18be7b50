package org.anatomicalpriors.synthetic;

/** Mean intensities of the synthetic structures in a kind of image. */
public enum Contrast {
  /** Bright white matter, dark fluid; the round nucleus hardly differs from white matter. */
  T1_LIKE(110, 76, 34, 98, 82, 103, 80),
  /** Bright fluid, dark white matter; the lens nucleus hardly differs from white matter. */
  T2_LIKE(62, 88, 165, 76, 69, 66, 84);

  private final double[] meanByLabel = new double[SyntheticLabels.COUNT];

  Contrast(
      final double white,
      final double cortex,
      final double fluid,
      final double roundNucleus,
      final double lensNucleus,
      final double stem,
      final double cerebellum) {
    for (int side = 0; side < 2; side++) {
      meanByLabel[SyntheticLabels.WHITE_MATTER + side] = white;
      meanByLabel[SyntheticLabels.CORTEX + side] = cortex;
      meanByLabel[SyntheticLabels.VENTRICLE + side] = fluid;
      meanByLabel[SyntheticLabels.ROUND_NUCLEUS + side] = roundNucleus;
      meanByLabel[SyntheticLabels.LENS_NUCLEUS + side] = lensNucleus;
    }
    meanByLabel[SyntheticLabels.STEM] = stem;
    meanByLabel[SyntheticLabels.CEREBELLUM] = cerebellum;
  }

  double mean(final int label) {
    return meanByLabel[label];
  }
}
