package org.anatomicalpriors.picture;

/** A box of voxels, counted along the world's axes; both ends are inside. Immutable. */
final class Box {

  private final int[] min;
  private final int[] max;

  Box(final int[] min, final int[] max) {
    this.min = min.clone();
    this.max = max.clone();
  }

  int min(final int worldAxis) {
    return min[worldAxis];
  }

  int max(final int worldAxis) {
    return max[worldAxis];
  }

  int size(final int worldAxis) {
    return max[worldAxis] - min[worldAxis] + 1;
  }

  /** The smallest box that holds both; {@code other} may be null for none. */
  Box with(final Box other) {
    if (other == null) return this;
    final int[] lower = new int[3], upper = new int[3];
    for (int d = 0; d < 3; d++) {
      lower[d] = Math.min(min[d], other.min[d]);
      upper[d] = Math.max(max[d], other.max[d]);
    }
    return new Box(lower, upper);
  }

  /** This box grown by a fraction of its size on all sides, but not beyond {@code limit}. */
  Box grown(final double fraction, final Box limit) {
    final int[] lower = new int[3], upper = new int[3];
    for (int d = 0; d < 3; d++) {
      final int margin = (int) Math.ceil(fraction * size(d));
      lower[d] = Math.max(limit.min[d], min[d] - margin);
      upper[d] = Math.min(limit.max[d], max[d] + margin);
    }
    return new Box(lower, upper);
  }

  /** {@code count} positions spread evenly inside along an axis, ends left out; at least one. */
  int[] positions(final int worldAxis, final int count) {
    final int n = Math.max(1, Math.min(count, size(worldAxis)));
    final int[] positions = new int[n];
    for (int i = 0; i < n; i++)
      positions[i] = min[worldAxis] + (int) Math.round((i + 1.0) * (size(worldAxis) - 1) / (n + 1));
    return positions;
  }
}
