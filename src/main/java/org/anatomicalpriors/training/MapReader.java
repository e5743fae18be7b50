package org.anatomicalpriors.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.labels.Label;
import org.anatomicalpriors.labels.LabelMaps;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.LabelCentroids;
import org.anatomicalpriors.space.SpatialImage;

/**
 * Reads label maps, each once: what changes on the disk later changes nothing. Where no label set
 * is given, each map is kept with the labels that it has itself, until those of all are known.
 */
final class MapReader {

  private static final String STAGE = "Reading label maps";

  /** Voxels kept around the labels. */
  private static final int MARGIN = 1;

  private final LabelSet given;
  private final SpillStore<byte[]> store;
  private final Progress progress;
  private final List<StoredMap> maps = new ArrayList<>();
  private final List<int[]> ids = new ArrayList<>(); // of each map, by its indices
  private final List<LabelCentroids> centroids = new ArrayList<>();
  private final Map<String, String> hashes = new LinkedHashMap<>();
  private Grid first;

  /**
   * @param given the label set, or null to take it from the maps
   * @param store keeps the voxels; has to stay open while the maps are used
   */
  MapReader(final LabelSet given, final SpillStore<byte[]> store, final Progress progress) {
    this.given = given;
    this.store = store;
    this.progress = progress;
  }

  /**
   * Reads all maps.
   *
   * @throws InvalidInputException if a map cannot be used
   */
  void read(final ImageSource source) {
    for (int i = 0; i < source.size(); i++) {
      progress.checkCancelled();
      progress.update(STAGE, i, source.size(), source.name(i));
      add(source.load(i));
      hashes.put(source.name(i), source.hash(i));
    }
    progress.update(STAGE, source.size(), source.size(), "");
    store.tell("label maps", source.size(), progress);
  }

  private void add(final SpatialImage<? extends RealType<?>> map) {
    if (first == null) first = map.grid();
    requireAlike(first, map);
    final LabelSet set = given != null ? given : LabelMaps.fromMaps(List.of(map), progress);
    ids.add(set.labels().stream().mapToInt(Label::id).toArray());
    centroids.add(LabelMaps.centroids(map, set, progress));
    final byte[] indices = LabelMaps.toIndices(map, set, progress);
    final TrainingMap whole = new TrainingMap(indices, map.grid(), Affine.identity(), map.name());
    maps.add(StoredMap.of(whole.crop(MARGIN), store));
  }

  /** Refuses a map of another unit or kind than the first one. */
  private static void requireAlike(
      final Grid first, final SpatialImage<? extends RealType<?>> map) {
    if (!first.unit().equals(map.grid().unit()))
      throw new InvalidInputException(
          map.name()
              + " is in "
              + map.grid().unit()
              + " and the label maps before it in "
              + first.unit()
              + "; give all maps in one unit.");
    if (first.is2D() != map.grid().is2D())
      throw new InvalidInputException(
          map.name()
              + (first.is2D()
                  ? " is a volume and the label maps before it are slices"
                  : " is one slice and the label maps before it are volumes")
              + "; give slices or volumes, not both.");
  }

  /** The label set that was given, or that of all ids that occur. */
  LabelSet labels() {
    if (given != null) return given;
    final TreeSet<Integer> all = new TreeSet<>();
    for (final int[] some : ids) for (final int id : some) all.add(id);
    return LabelMaps.fromIds(all);
  }

  /** The maps, in their own worlds, with the indices of {@link #labels()}. */
  List<StoredMap> maps() {
    if (given != null) return maps;
    final LabelSet all = labels();
    final List<StoredMap> relabelled = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++)
      relabelled.add(
          maps.get(i).relabelled(Arrays.stream(ids.get(i)).map(all::indexOfSource).toArray()));
    return relabelled;
  }

  /** Where the labels of each map lie. */
  List<LabelCentroids> centroids() {
    return centroids;
  }

  /** What was read: the checksum of each file, by its name. */
  Map<String, String> hashes() {
    return hashes;
  }
}
