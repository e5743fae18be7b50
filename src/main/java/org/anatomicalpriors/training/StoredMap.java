package org.anatomicalpriors.training;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Supplier;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;

/**
 * A {@link TrainingMap} whose label indices are in memory or on the disk: where it lies is known,
 * its voxels are got when they are needed. Immutable.
 */
final class StoredMap {

  /** Label indices in a store. */
  static final SpillStore.Codec<byte[]> INDICES =
      new SpillStore.Codec<byte[]>() {
        @Override
        public long bytes(final byte[] indices) {
          return indices.length;
        }

        @Override
        public byte[] encode(final byte[] indices) {
          final byte[] runs = RunLengths.encode(indices);
          return ByteBuffer.allocate(Integer.BYTES + runs.length)
              .putInt(indices.length)
              .put(runs)
              .array();
        }

        @Override
        public byte[] decode(final byte[] coded) {
          final int length = ByteBuffer.wrap(coded).getInt();
          return RunLengths.decode(Arrays.copyOfRange(coded, Integer.BYTES, coded.length), length);
        }
      };

  private final Supplier<byte[]> indices;
  private final Grid grid;
  private final Affine toCommon;
  private final String name;

  private StoredMap(
      final Supplier<byte[]> indices, final Grid grid, final Affine toCommon, final String name) {
    this.indices = indices;
    this.grid = grid;
    this.toCommon = toCommon;
    this.name = name;
  }

  /** Puts a map into a store. */
  static StoredMap of(final TrainingMap map, final SpillStore<byte[]> store) {
    return new StoredMap(store.add(map.indices()), map.grid(), map.toCommon(), map.name());
  }

  /** The same map with another place in the common space. */
  StoredMap at(final Affine place) {
    return new StoredMap(indices, grid, place, name);
  }

  /**
   * The same map under other indices.
   *
   * @param indexOf for every index of this one; 255 stays
   */
  StoredMap relabelled(final int[] indexOf) {
    boolean same = true;
    final byte[] table = new byte[256];
    for (int i = 0; i < table.length; i++) {
      table[i] = (byte) (i < indexOf.length ? indexOf[i] : i);
      same &= (table[i] & 0xff) == i;
    }
    if (same) return this;
    return new StoredMap(
        () -> {
          final byte[] before = indices.get();
          final byte[] other = new byte[before.length];
          for (int v = 0; v < other.length; v++) other[v] = table[before[v] & 0xff];
          return other;
        },
        grid,
        toCommon,
        name);
  }

  /** The map with its voxels. */
  TrainingMap load() {
    return new TrainingMap(indices.get(), grid, toCommon, name);
  }

  Grid grid() {
    return grid;
  }

  String name() {
    return name;
  }
}
