package org.anatomicalpriors.synthetic;

import java.util.Locale;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.space.Grid;

/**
 * A population of invented brains: a folded cortex round white matter, two ventricles, two pairs of
 * deep nuclei, a stem and a cerebellum, left and right apart. Individuals differ by about twenty
 * smooth shape parameters (sizes, ventricle enlargement, position and shape of nuclei, phase of the
 * folds, pose) and a smooth random warp. The same seed and index give the same voxels everywhere.
 *
 * <pre>{@code
 * SyntheticAnatomy anatomy = SyntheticAnatomy.of(7);
 * SpatialImage<UnsignedByteType> labels = anatomy.subject(0).labels();
 * SpatialImage<FloatType> image = anatomy.subject(100).image(Contrast.T1_LIKE);
 * }</pre>
 */
public final class SyntheticAnatomy {

  private final long seed;
  private final Grid grid;
  private final LabelSet labelSet = SyntheticLabels.create();

  private SyntheticAnatomy(final long seed, final Grid grid) {
    this.seed = seed;
    this.grid = grid;
  }

  /** On the default grid: 48 x 56 x 48 voxels of 2 mm, the world's origin in its centre. */
  public static SyntheticAnatomy of(final long seed) {
    return on(centredGrid(2), seed);
  }

  /** A frontal section as one slice of 48 x 48 voxels of 2 mm, with all structures in it. */
  public static SyntheticAnatomy slice(final long seed) {
    return on(
        Grid.centred(new int[] {48, 48, 1}, new double[] {2, 2, 2}, new double[3], "mm"), seed);
  }

  /**
   * On any grid in mm. A grid with one slice shows an oblique frontal section of the anatomy, its
   * world y upwards.
   */
  public static SyntheticAnatomy on(final Grid grid, final long seed) {
    return new SyntheticAnatomy(seed, grid);
  }

  /** The grid that holds every individual with a small margin, at an isotropic spacing in mm. */
  public static Grid centredGrid(final double spacing) {
    final int[] size = new int[3];
    final double[] extent = {96, 112, 96};
    for (int d = 0; d < 3; d++) size[d] = (int) Math.round(extent[d] / spacing);
    return Grid.centred(size, new double[] {spacing, spacing, spacing}, new double[3], "mm");
  }

  public LabelSet labelSet() {
    return labelSet;
  }

  public Grid grid() {
    return grid;
  }

  /**
   * One individual.
   *
   * @param index any number; each has its own shape
   */
  public SyntheticSubject subject(final int index) {
    // Odd factor: every pair of seed and index starts its own sequence.
    final GaussianRandom random = new GaussianRandom(seed * 0x9E3779B97F4A7C15L + index);
    return new SyntheticSubject(String.format(Locale.ROOT, "subject_%03d", index), grid, random);
  }
}
