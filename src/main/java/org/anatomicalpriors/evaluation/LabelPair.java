package org.anatomicalpriors.evaluation;

/**
 * Where one label lies in a reference and in a segmentation: its voxel counts and the smallest box
 * that holds it in both.
 */
final class LabelPair {

  int referenceCount;
  int segmentedCount;
  int sharedCount;
  final int[] min = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
  final int[] max = {-1, -1, -1};

  void include(final int x, final int y, final int z) {
    min[0] = Math.min(min[0], x);
    min[1] = Math.min(min[1], y);
    min[2] = Math.min(min[2], z);
    max[0] = Math.max(max[0], x);
    max[1] = Math.max(max[1], y);
    max[2] = Math.max(max[2], z);
  }

  int[] boxSize() {
    return new int[] {max[0] - min[0] + 1, max[1] - min[1] + 1, max[2] - min[2] + 1};
  }
}
