package org.anatomicalpriors.space;

/**
 * Where the sub-samples of a target voxel lie in the source: a regular pattern that fills the
 * voxel, as fine along each target axis as the source's voxels are.
 */
final class SubSamples {

  /** Finer patterns change nothing that matters and cost the cube of this number. */
  private static final int MAX_PER_AXIS = 8;

  /** Offsets from the voxel's centre, in source voxels, x y z of each in turn. */
  final double[] offsets;

  /** Number of sub-samples. */
  final int count;

  SubSamples(final Affine targetVoxelToSourceVoxel, final int[] targetSize) {
    final double[] steps = targetVoxelToSourceVoxel.columnNorms();
    final int[] n = new int[3];
    for (int d = 0; d < 3; d++) {
      // A single slice stands for its plane, not for its thickness.
      final boolean flat = d == 2 && targetSize[2] == 1;
      n[d] = flat ? 1 : (int) Math.max(1, Math.min(MAX_PER_AXIS, Math.ceil(steps[d] - 1e-3)));
    }
    count = n[0] * n[1] * n[2];
    offsets = new double[3 * count];
    int i = 0;
    for (int z = 0; z < n[2]; z++)
      for (int y = 0; y < n[1]; y++)
        for (int x = 0; x < n[0]; x++)
          for (int row = 0; row < 3; row++)
            offsets[i++] =
                targetVoxelToSourceVoxel.get(row, 0) * ((x + 0.5) / n[0] - 0.5)
                    + targetVoxelToSourceVoxel.get(row, 1) * ((y + 0.5) / n[1] - 0.5)
                    + targetVoxelToSourceVoxel.get(row, 2) * ((z + 0.5) / n[2] - 0.5);
  }
}
