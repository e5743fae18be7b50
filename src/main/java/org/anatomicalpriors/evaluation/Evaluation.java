package org.anatomicalpriors.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.labels.Label;
import org.anatomicalpriors.labels.LabelSet;
import org.anatomicalpriors.space.SpatialImage;

/**
 * Compares segmentations with references, label by label. Immutable.
 *
 * <pre>{@code
 * FileScores scores = Evaluation.of(labelSet).ignoring(List.of(24)).evaluate(truth, result);
 * double dice = scores.meanDice();
 * }</pre>
 */
public final class Evaluation {

  private final LabelSet labelSet; // null: every id that occurs
  private final Set<Integer> ignored;

  private Evaluation(final LabelSet labelSet, final Set<Integer> ignored) {
    this.labelSet = labelSet;
    this.ignored = ignored;
  }

  /** Scores every id but 0 that occurs in one of the two maps. */
  public static Evaluation ofAllIds() {
    return new Evaluation(null, Set.of());
  }

  /**
   * Scores the labels of the set, in its order and by its names. Values in the maps become the
   * label that lists them among its source ids, so a map with finer ids is merged first; values
   * that no label lists count as background.
   */
  public static Evaluation of(final LabelSet labelSet) {
    return new Evaluation(labelSet, Set.of());
  }

  /** The same evaluation with further ids left out, for example those the reference lacks. */
  public Evaluation ignoring(final Collection<Integer> ids) {
    final Set<Integer> all = new TreeSet<>(ignored);
    all.addAll(ids);
    return new Evaluation(labelSet, all);
  }

  /**
   * Scores one segmentation.
   *
   * @param reference label map with ids, taken as the truth
   * @param segmentation label map with ids on the same grid
   * @throws InvalidInputException if the grids differ or a map holds values that are not whole
   */
  public FileScores evaluate(
      final SpatialImage<? extends RealType<?>> reference,
      final SpatialImage<? extends RealType<?>> segmentation) {
    SameSpace.check(reference, segmentation);
    final int[] a = LabelVoxels.of(reference, idOfValue());
    final int[] b = LabelVoxels.of(segmentation, idOfValue());
    final int[] size = reference.grid().size();
    final Map<Integer, LabelPair> pairs = locate(a, b, size);
    final LabelScorer scorer = new LabelScorer(a, b, reference.grid());
    final List<LabelScore> scores = new ArrayList<>();
    for (final Map.Entry<Integer, String> label : labelsToScore(pairs.keySet()).entrySet()) {
      final LabelPair pair = pairs.getOrDefault(label.getKey(), new LabelPair());
      final EnumMap<Measure, Double> values = scorer.score(label.getKey(), pair);
      scores.add(new LabelScore(label.getKey(), label.getValue(), values));
    }
    return new FileScores(segmentation.name(), reference.grid().unit(), scores);
  }

  private IntUnaryOperator idOfValue() {
    if (labelSet == null) return value -> value;
    return value -> {
      final int index = labelSet.indexOfSource(value);
      return index < 0 ? 0 : labelSet.get(index).id();
    };
  }

  /** Ids with their names; in the label set's order if there is one, else ascending. */
  private Map<Integer, String> labelsToScore(final Set<Integer> found) {
    final Map<Integer, String> names = new LinkedHashMap<>();
    if (labelSet == null) for (final int id : found) names.put(id, Integer.toString(id));
    else for (final Label label : labelSet.labels()) names.put(label.id(), label.name());
    names.remove(0);
    names.keySet().removeAll(ignored);
    return names;
  }

  private static Map<Integer, LabelPair> locate(final int[] a, final int[] b, final int[] size) {
    final int[] ids = idsOf(a, b);
    final LabelPair[] pairs = new LabelPair[ids.length];
    Arrays.setAll(pairs, i -> new LabelPair());
    int i = 0;
    for (int z = 0; z < size[2]; z++)
      for (int y = 0; y < size[1]; y++)
        for (int x = 0; x < size[0]; x++, i++) {
          if (a[i] == 0 && b[i] == 0) continue;
          final LabelPair inA = pairs[Arrays.binarySearch(ids, a[i])];
          inA.referenceCount++;
          inA.include(x, y, z);
          final LabelPair inB = a[i] == b[i] ? inA : pairs[Arrays.binarySearch(ids, b[i])];
          inB.segmentedCount++;
          inB.include(x, y, z);
          if (inA == inB) inA.sharedCount++;
        }
    final Map<Integer, LabelPair> byId = new TreeMap<>();
    for (int k = 0; k < ids.length; k++) byId.put(ids[k], pairs[k]);
    return byId;
  }

  private static int[] idsOf(final int[] a, final int[] b) {
    final Set<Integer> ids = new TreeSet<>();
    ids.add(0);
    for (final int[] map : new int[][] {a, b}) {
      int last = 0;
      for (final int id : map) if (id != last) ids.add(last = id);
    }
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }
}
