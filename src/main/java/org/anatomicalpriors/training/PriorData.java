package org.anatomicalpriors.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.labels.LandmarkPairs;
import org.anatomicalpriors.model.Architecture;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.CentroidAlignment;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.GridPlanner;
import org.anatomicalpriors.space.LandmarkReference;
import org.anatomicalpriors.space.Resampler;

/** Label maps brought to a common space and split into training and validation. */
final class PriorData {

  /** Voxels of a grid whose spacing was left open. */
  private static final double USUAL_VOXELS = 1e6;

  /** Space around the labels, in voxels of the prior. */
  private static final double MARGIN = 2;

  /** Fewer maps than this are all needed for training. */
  private static final int FEWEST_TO_SPLIT = 4;

  /** More maps than this find the best step no better, and would take ever longer. */
  static final int MOST_HELD_OUT = 50;

  final LabelSet labels;
  final Grid grid;
  final LandmarkReference landmarks;
  final boolean symmetric;
  final List<StoredMap> training = new ArrayList<>();
  final List<StoredMap> validation = new ArrayList<>();
  final Map<String, String> hashes;

  /**
   * @param source the label maps
   * @param given the label set, or null to take it from the maps
   * @param store keeps the voxels; has to stay open while the maps are used
   * @throws InvalidInputException if a map cannot be used
   */
  PriorData(
      final ImageSource source,
      final LabelSet given,
      final Settings settings,
      final SpillStore<byte[]> store,
      final int threads,
      final Progress progress) {
    if (source.size() == 1)
      progress.log(
          source.name(0)
              + " is the only label map and shows no differences between individuals, so that all images will be drawn towards it; give several, ten or more if you can.");
    final MapReader reader = new MapReader(given, store, progress);
    reader.read(source);
    hashes = reader.hashes();
    labels = reader.labels();
    final List<StoredMap> unaligned = reader.maps();
    final List<String> names = unaligned.stream().map(StoredMap::name).collect(Collectors.toList());
    final CentroidAlignment alignment =
        CentroidAlignment.of(
            reader.centroids(), names, LandmarkPairs.candidates(labels), threads, progress);
    final boolean align = settings.get(PriorSettings.ALIGN);
    landmarks = align ? alignment.reference() : LandmarkReference.none();
    symmetric = alignment.isSymmetric() && align && settings.get(PriorSettings.FLIP);
    final List<StoredMap> aligned = new ArrayList<>();
    for (int i = 0; i < unaligned.size(); i++)
      aligned.add(
          align ? unaligned.get(i).at(alignment.fits().get(i).toCommon()) : unaligned.get(i));
    grid = plan(aligned, settings, progress);
    if (settings.get(PriorSettings.FLIP) && !symmetric)
      progress.log(
          "Label maps are not flipped: "
              + (align ? "their landmarks have no plane of symmetry." : "they were not aligned."));
    progress.log("The prior's grid: " + grid + ".");
    requireFit(grid, labels.size());
    split(aligned, settings);
  }

  private static void requireFit(final Grid grid, final int labels) {
    if ((long) grid.voxelCount() * labels > Integer.MAX_VALUE - 8)
      throw new InvalidInputException(
          "The prior's grid of "
              + grid
              + " with "
              + labels
              + " labels is too large; give a larger spacing, or a label set that merges labels.");
  }

  private Grid plan(final List<StoredMap> maps, final Settings settings, final Progress progress) {
    final List<double[][]> bounds = new ArrayList<>();
    final Grid first = maps.get(0).grid();
    final boolean flat = first.is2D();
    final int axes = flat ? 2 : 3;
    double volume = 0, finest = 0;
    for (final StoredMap stored : maps) {
      progress.checkCancelled();
      progress.update("Measuring label maps", bounds.size(), maps.size(), stored.name());
      final TrainingMap m = stored.load();
      bounds.add(GridPlanner.bounds(m.indices(), m.grid(), m.toCommon()));
      final double[][] b = bounds.get(bounds.size() - 1);
      double v = 1;
      for (int d = 0; d < axes; d++) v *= Math.max(0, b[1][d] - b[0][d]);
      volume = Math.max(volume, v);
      finest = Math.max(finest, meanSpacing(m.grid(), axes));
    }
    progress.update("Measuring label maps", maps.size(), maps.size(), "");
    final double asked = settings.get(PriorSettings.SPACING);
    final double spacing =
        asked > 0 ? asked : Math.max(finest, Math.pow(volume / USUAL_VOXELS, 1.0 / axes));
    return GridPlanner.plan(
        bounds,
        new double[] {spacing, spacing, spacing},
        MARGIN * spacing,
        Architecture.factor(settings.get(PriorSettings.CHANNELS).size()),
        flat,
        symmetric,
        first.unit());
  }

  /**
   * Edge of a cube as large as a voxel: neither a slice's thickness nor one long axis makes all
   * axes coarse.
   */
  private static double meanSpacing(final Grid grid, final int axes) {
    final double[] s = grid.spacing();
    double product = 1;
    for (int d = 0; d < axes; d++) product *= s[d] / s[0];
    return s[0] * Math.pow(product, 1.0 / axes);
  }

  private void split(final List<StoredMap> maps, final Settings settings) {
    final double share = settings.get(PriorSettings.VALIDATION);
    final int held =
        share > 0 && maps.size() >= FEWEST_TO_SPLIT
            ? (int) Math.min(MOST_HELD_OUT, Math.max(1, Math.round(share * maps.size())))
            : 0;
    final List<StoredMap> shuffled = new ArrayList<>(maps);
    Collections.shuffle(shuffled, new Random(settings.get(PriorSettings.SEED)));
    validation.addAll(shuffled.subList(0, held));
    training.addAll(shuffled.subList(held, shuffled.size()));
  }

  /**
   * A map on the prior's grid, as it is. Beyond the map it is what {@link TrainingMap#nearest}
   * says: maps are cropped to their labels, so most of what lies beyond is background.
   */
  byte[] onGrid(final StoredMap stored, final int threads, final Progress progress) {
    final TrainingMap map = stored.load();
    final byte[] labels =
        Resampler.labels(map.indices(), map.grid(), map.toCommon(), grid, threads, progress);
    final Affine toMap = Resampler.targetVoxelToSourceVoxel(map.grid(), map.toCommon(), grid);
    final int nx = grid.size(0), ny = grid.size(1);
    final double[] p = new double[3];
    for (int v = 0; v < labels.length; v++) {
      if ((labels[v] & 0xff) != Resampler.OUTSIDE) continue;
      p[0] = v % nx;
      p[1] = v / nx % ny;
      p[2] = v / nx / ny;
      toMap.apply(p, p);
      labels[v] = (byte) map.nearest(p[0], p[1], p[2]);
    }
    return labels;
  }
}
