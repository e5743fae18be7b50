package org.anatomicalpriors.labels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.LabelCentroids;
import org.anatomicalpriors.space.LabelRuns;
import org.anatomicalpriors.space.SpatialImage;

/**
 * Between label maps as files hold them (ids of any size) and as the method uses them: one unsigned
 * byte per voxel, x fastest, holding the label's index in a {@link LabelSet}.
 */
public final class LabelMaps {

  private static final int NAMED_IDS = 8;

  private LabelMaps() {}

  /**
   * The ids that occur in a map, with their voxel counts.
   *
   * @throws InvalidInputException if a value is not a label (see {@link LabelRuns})
   */
  public static SortedMap<Integer, Long> countIds(
      final SpatialImage<? extends RealType<?>> map, final Progress progress) {
    final SortedMap<Integer, Long> counts = new TreeMap<>();
    LabelRuns.visit(
        map, progress, (id, x0, x1, y, z) -> counts.merge(id, (long) (x1 - x0), Long::sum));
    return counts;
  }

  /**
   * A label set of the ids that occur in any of the maps: named "label 12", coloured by {@link
   * Palette}, nothing merged, each its own intensity group and its own mirror.
   *
   * @throws InvalidInputException if a value is not a label, a map holds background only, or there
   *     are more than 254 ids
   */
  public static LabelSet fromMaps(
      final List<? extends SpatialImage<? extends RealType<?>>> maps, final Progress progress) {
    final Collection<Integer> ids = new TreeSet<>();
    for (final SpatialImage<? extends RealType<?>> map : maps) {
      final Collection<Integer> found = countIds(map, progress).keySet();
      if (found.stream().allMatch(id -> id == 0))
        throw new InvalidInputException(
            map.name() + " holds background (0) only; give a map with labels or leave it out.");
      ids.addAll(found);
    }
    return fromIds(ids);
  }

  /**
   * A label set of plain ids, like {@link #fromMaps}.
   *
   * @throws InvalidInputException if there are none or more than 254 beside the background
   */
  public static LabelSet fromIds(final Collection<Integer> ids) {
    final Collection<Integer> sorted = new TreeSet<>(ids);
    sorted.remove(0);
    if (sorted.size() >= LabelSet.MAX_SIZE)
      throw new InvalidInputException(
          "The label maps hold "
              + sorted.size()
              + " different labels; at most "
              + (LabelSet.MAX_SIZE - 1)
              + " are possible: give a label set that merges or leaves out some.");
    final List<Label> labels = new ArrayList<>();
    labels.add(background(List.of(0)));
    for (final int id : sorted) {
      final String name = "label " + id;
      labels.add(new Label(id, name, Palette.color(id), List.of(id), name, id));
    }
    return new LabelSet(labels);
  }

  /** The background: id 0, black, its own intensity group. */
  public static Label background(final List<Integer> sourceIds) {
    return new Label(0, "background", 0, sourceIds, "background", 0);
  }

  /**
   * The index of each voxel's label, as unsigned bytes, x fastest. Ids that the set does not list
   * become background, and the log says how many voxels that were.
   *
   * @throws InvalidInputException if a value is not a label or none of the set's structures occurs
   */
  public static byte[] toIndices(
      final SpatialImage<? extends RealType<?>> map, final LabelSet set, final Progress progress) {
    final Grid grid = map.grid();
    final byte[] indices = new byte[grid.voxelCount()];
    final SortedMap<Integer, Long> unknown = new TreeMap<>();
    final boolean[] found = new boolean[1];
    LabelRuns.visit(
        map,
        progress,
        (id, x0, x1, y, z) -> {
          final int index = id == 0 ? 0 : set.indexOfSource(id);
          if (index > 0) {
            final int row = (z * grid.size(1) + y) * grid.size(0);
            Arrays.fill(indices, row + x0, row + x1, (byte) index);
            found[0] = true;
          } else if (index < 0) unknown.merge(id, (long) (x1 - x0), Long::sum);
        });
    if (!found[0]) throw disjoint(map.name(), unknown, set);
    if (!unknown.isEmpty()) progress.log(describeUnknown(map.name(), unknown));
    return indices;
  }

  /**
   * The map's landmarks: centroids by source id of all structures of the set, world coordinates.
   */
  public static LabelCentroids centroids(
      final SpatialImage<? extends RealType<?>> map, final LabelSet set, final Progress progress) {
    return LabelCentroids.of(map, id -> set.indexOfSource(id) > 0, progress);
  }

  /**
   * The map of ids that belongs to indices: 8 bit if all ids fit, else 16 bit, else 32 bit.
   *
   * @param indices label index per voxel, x fastest; 255 (outside the field of view) becomes 0
   */
  public static SpatialImage<? extends IntegerType<?>> toIds(
      final byte[] indices, final Grid grid, final LabelSet set, final String name) {
    if (indices.length != grid.voxelCount())
      throw new IllegalArgumentException(indices.length + " indices for " + grid);
    final int[] idOf = new int[256];
    for (int i = 0; i < set.size(); i++) idOf[i] = set.get(i).id();
    final int max = Arrays.stream(idOf).max().getAsInt();
    final int n = indices.length;
    final long[] size = Arrays.stream(grid.size()).asLongStream().toArray();
    if (max <= 0xff) {
      final byte[] ids = new byte[n];
      for (int i = 0; i < n; i++) ids[i] = (byte) idOf[indices[i] & 0xff];
      return new SpatialImage<>(ArrayImgs.unsignedBytes(ids, size), grid, name);
    }
    if (max <= 0xffff) {
      final short[] ids = new short[n];
      for (int i = 0; i < n; i++) ids[i] = (short) idOf[indices[i] & 0xff];
      return new SpatialImage<>(ArrayImgs.unsignedShorts(ids, size), grid, name);
    }
    final int[] ids = new int[n];
    for (int i = 0; i < n; i++) ids[i] = idOf[indices[i] & 0xff];
    return new SpatialImage<>(ArrayImgs.ints(ids, size), grid, name);
  }

  private static String describeUnknown(final String name, final Map<Integer, Long> unknown) {
    final long voxels = unknown.values().stream().mapToLong(Long::longValue).sum();
    return name
        + ": "
        + voxels
        + " voxels of "
        + unknown.size()
        + " ids that the label set does not list became background ("
        + some(unknown.keySet())
        + ").";
  }

  private static InvalidInputException disjoint(
      final String name, final Map<Integer, Long> unknown, final LabelSet set) {
    return new InvalidInputException(
        name
            + " holds none of the label set's structures ("
            + (unknown.isEmpty() ? "only background" : "its ids are " + some(unknown.keySet()))
            + "; the set's are "
            + some(set.labels().stream().skip(1).map(Label::id).collect(Collectors.toList()))
            + "): all maps and the label set must use the same ids.");
  }

  private static String some(final Collection<Integer> ids) {
    return ids.stream().limit(NAMED_IDS).map(String::valueOf).collect(Collectors.joining(", "))
        + (ids.size() > NAMED_IDS ? ", ..." : "");
  }
}
