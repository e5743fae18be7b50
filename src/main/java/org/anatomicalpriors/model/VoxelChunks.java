package org.anatomicalpriors.model;

import java.util.stream.IntStream;

/** Shares of an image's voxels, for several threads. */
final class VoxelChunks {

  /** Voxels per task: enough to hide the cost of handing them out, small enough to balance. */
  static final int SIZE = 1 << 12;

  /** Does something with the voxels from the first one up to the end. */
  interface Work {
    void accept(int first, int end);
  }

  private VoxelChunks() {}

  /** The first voxel of each chunk, as a parallel stream. */
  static IntStream of(final int voxels, final int size) {
    return IntStream.range(0, (voxels + size - 1) / size).map(i -> i * size).parallel();
  }

  /** Does it with all voxels, on the threads of the common pool. */
  static void forEach(final int voxels, final Work work) {
    of(voxels, SIZE).forEach(first -> work.accept(first, Math.min(voxels, first + SIZE)));
  }
}
