package org.anatomicalpriors.io.nifti;

/**
 * An array of voxels that is filled from its start. It may begin small and grow, so that a file
 * which promises much and holds little takes little memory.
 */
final class VoxelArray {

  /** Each growth costs a copy; memory is at most so many times what has come. */
  private static final long GROWTH = 8;

  private final Storage storage;
  private final int count;
  private Object array;
  private int length;

  /**
   * @param count of voxels in the end
   * @param atOnce number of voxels for which memory is taken at once
   */
  VoxelArray(final Storage storage, final int count, final long atOnce) {
    this.storage = storage;
    this.count = count;
    length = (int) Math.max(1, Math.min(count, atOnce));
    array = storage.allocate(length);
  }

  Storage storage() {
    return storage;
  }

  /** Voxels in the end. */
  int count() {
    return count;
  }

  /** The array, with room for the first {@code n} voxels; what was there before stays. */
  Object upTo(final int n) {
    if (n > length) {
      length = (int) Math.min(count, Math.max(n, GROWTH * length));
      array = storage.resize(array, length);
    }
    return array;
  }

  /** The array of all voxels. */
  Object array() {
    return upTo(count);
  }
}
