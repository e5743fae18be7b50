package org.anatomicalpriors.segmentation;

import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SplineLattice;

/**
 * The voxels of a prior's grid from which smooth fields are fitted: all of a small grid, every
 * other one along each axis of a large one. Immutable.
 */
final class FitGrid {

  /** Grids with more voxels are thinned out. */
  private static final int MANY = 150_000;

  private final int[] size;
  private final int[] step;
  private final int[] samples;

  FitGrid(final Grid prior) {
    size = prior.size();
    step = new int[3];
    samples = new int[3];
    for (int d = 0; d < 3; d++) {
      step[d] = prior.voxelCount() > MANY && size[d] > 1 ? 2 : 1;
      samples[d] = (size[d] + step[d] - 1) / step[d];
    }
  }

  /** Samples along x, y, z. */
  int[] samples() {
    return samples.clone();
  }

  int count() {
    return samples[0] * samples[1] * samples[2];
  }

  /** Voxels from one sample to the next along x, y, z. */
  int[] step() {
    return step.clone();
  }

  /** A lattice of splines on the samples. */
  SplineLattice lattice(final double[] spacing) {
    return new SplineLattice(size, step, spacing);
  }

  /** The same lattice on all voxels of the grid. */
  SplineLattice denseLattice(final double[] spacing) {
    return new SplineLattice(size, new int[] {1, 1, 1}, spacing);
  }

  /** Voxel coordinate of a sample along an axis. */
  int coordinate(final int sample, final int axis) {
    final int i =
        axis == 0
            ? sample % samples[0]
            : axis == 1 ? sample / samples[0] % samples[1] : sample / samples[0] / samples[1];
    return i * step[axis];
  }

  /** Voxel of a sample, in the grid's x-fastest order. */
  int voxel(final int sample) {
    return (coordinate(sample, 2) * size[1] + coordinate(sample, 1)) * size[0]
        + coordinate(sample, 0);
  }
}
