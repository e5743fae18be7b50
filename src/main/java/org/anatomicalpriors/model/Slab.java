package org.anatomicalpriors.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TType;

/**
 * Slices of a level along its slowest axis that is longer than one voxel, whose voxels follow each
 * other. Immutable.
 */
final class Slab {

  /** Most slices of the finest level. */
  static final int THICKNESS = 16;

  private final Architecture a;
  private final int level;
  private final int from;
  private final int to;

  private Slab(final Architecture a, final int level, final int from, final int to) {
    this.a = a;
    this.level = level;
    this.from = Math.max(0, from);
    this.to = Math.min(length(a, level), to);
  }

  /** The whole finest level. */
  static Slab whole(final Architecture a) {
    return new Slab(a, 0, 0, length(a, 0));
  }

  /** The finest level in slabs of equal thickness, as far as the level below can be cut so. */
  static List<Slab> thin(final Architecture a) {
    final int length = length(a, 0), count = (length + THICKNESS - 1) / THICKNESS;
    final int unit = a.levels() > 1 && length > 1 ? 2 : 1;
    final List<Slab> slabs = new ArrayList<>();
    for (int i = 0; i < count; i++)
      slabs.add(
          new Slab(
              a, 0, unit * (length / unit * i / count), unit * (length / unit * (i + 1) / count)));
    return slabs;
  }

  private static int axis(final Architecture a) {
    final long[] s = a.volumeShape(0, 1);
    int axis = 1;
    while (axis < 3 && s[axis] == 1) axis++;
    return axis;
  }

  private static int length(final Architecture a, final int level) {
    return (int) a.volumeShape(level, 1)[axis(a)];
  }

  /** With more slices on its sides, as far as there are some. */
  Slab grown(final int before, final int after) {
    return new Slab(a, level, from - before, to + after);
  }

  /** The same place on the level below. */
  Slab coarser() {
    return length(a, level) == 1
        ? new Slab(a, level + 1, from, to)
        : new Slab(a, level + 1, from / 2, to / 2);
  }

  /** The same place on the level above. */
  Slab finer() {
    return length(a, level - 1) == 1
        ? new Slab(a, level - 1, from, to)
        : new Slab(a, level - 1, 2 * from, 2 * to);
  }

  /** Its axis in tensors (1, z, y, x, c). */
  int axis() {
    return axis(a);
  }

  /** First slice. */
  int from() {
    return from;
  }

  /** The slice after the last one. */
  int to() {
    return to;
  }

  /** First voxel. */
  int firstVoxel() {
    return a.voxels() / length(a, 0) * from;
  }

  /** The voxel after the last one. */
  int endVoxel() {
    return a.voxels() / length(a, 0) * to;
  }

  /** Tensor shape (1, z, y, x, c) of its part of a volume. */
  long[] shape(final long c) {
    final long[] shape = a.volumeShape(level, c);
    shape[axis()] = to - from;
    return shape;
  }

  /** Its part of a volume (1, z, y, x) or (1, z, y, x, c). */
  <T extends TType> Operand<T> ofVolume(final Ops tf, final Operand<T> x) {
    return part(tf, x, axis(), from, to);
  }

  /** Its part of what has a row for each voxel, (V) or (V, n). */
  <T extends TType> Operand<T> ofRows(final Ops tf, final Operand<T> x) {
    return part(tf, x, 0, firstVoxel(), endVoxel());
  }

  private <T extends TType> Operand<T> part(
      final Ops tf, final Operand<T> x, final int along, final int first, final int end) {
    if (from == 0 && to == length(a, level)) return x;
    final int[] begin = new int[x.asOutput().shape().numDimensions()];
    final int[] size = new int[begin.length];
    Arrays.fill(size, -1); // all there are
    begin[along] = first;
    size[along] = end - first;
    return tf.slice(x, tf.constant(begin), tf.constant(size));
  }

  /** Rows of all slabs together. */
  static <T extends TType> Operand<T> joined(final Ops tf, final List<Operand<T>> rows) {
    return rows.size() == 1 ? rows.get(0) : tf.concat(List.copyOf(rows), tf.constant(0));
  }
}
