package org.anatomicalpriors.labels;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.anatomicalpriors.InvalidInputException;

/**
 * The labels that a prior knows, in a fixed order. Networks see a label's <i>index</i> (0 to {@link
 * #size()} - 1, background first); files hold its <i>id</i>. Immutable.
 */
public final class LabelSet {

  /** Indices must fit an unsigned byte, with 255 kept for "outside the field of view". */
  public static final int MAX_SIZE = 255;

  private final List<Label> labels;
  private final Map<Integer, Integer> indexBySourceId = new HashMap<>();
  private final Map<Integer, Integer> indexById = new HashMap<>();
  private final Map<String, Integer> groupByName = new LinkedHashMap<>();

  /**
   * @param labels the labels; the first one must be the background, with id 0
   * @throws InvalidInputException if there are fewer than two or more than {@link #MAX_SIZE}
   *     labels, the first is not the background, an id occurs twice, a mirror id is unknown, or
   *     mirrors do not name each other
   */
  public LabelSet(final List<Label> labels) {
    if (labels.size() < 2 || labels.size() > MAX_SIZE || labels.get(0).id() != 0)
      throw new InvalidInputException(
          "A label set of "
              + labels.size()
              + " labels was given; it needs the background (id 0) first and 1 to "
              + (MAX_SIZE - 1)
              + " structures after it.");
    this.labels = List.copyOf(labels);
    for (int i = 0; i < labels.size(); i++) {
      final Label label = labels.get(i);
      if (indexById.put(label.id(), i) != null) throw twice(label.id());
      for (final int source : label.sourceIds())
        if (indexBySourceId.put(source, i) != null) throw twice(source);
      groupByName.putIfAbsent(label.group(), groupByName.size());
    }
    for (final Label label : labels)
      if (!indexById.containsKey(label.mirrorId()))
        throw new InvalidInputException(
            "Label "
                + label.id()
                + " names "
                + label.mirrorId()
                + " as its mirror, which is not in the label set; add it or leave the mirror empty.");
    for (final Label label : labels) {
      final Label mirror = labels.get(indexOf(label.mirrorId()));
      if (mirror.mirrorId() != label.id())
        throw new InvalidInputException(
            "Label "
                + label.id()
                + " names "
                + mirror.id()
                + " as its mirror, which names "
                + mirror.mirrorId()
                + "; mirrors must name each other.");
    }
  }

  private static InvalidInputException twice(final int id) {
    return new InvalidInputException(
        "Label id " + id + " occurs twice in the label set; list every id once.");
  }

  public int size() {
    return labels.size();
  }

  public Label get(final int index) {
    return labels.get(index);
  }

  public List<Label> labels() {
    return labels;
  }

  /** Index of the label that a value in an incoming label map becomes, or -1 if not listed. */
  public int indexOfSource(final int sourceId) {
    return indexBySourceId.getOrDefault(sourceId, -1);
  }

  /** Index of the label with this id, or -1. */
  public int indexOf(final int id) {
    return indexById.getOrDefault(id, -1);
  }

  /** For each label index, the index of its structure on the other side. */
  public int[] mirrorIndices() {
    return labels.stream().mapToInt(l -> indexById.get(l.mirrorId())).toArray();
  }

  /** For each label index, the index of its intensity group (in order of first use). */
  public int[] groupIndices() {
    return labels.stream().mapToInt(l -> groupByName.get(l.group())).toArray();
  }

  /** Names of the intensity groups, in order of first use. */
  public List<String> groupNames() {
    return new ArrayList<>(groupByName.keySet());
  }

  /** Every field of every label: two sets that differ in anything differ here. */
  public String describe() {
    return labels.stream()
        .map(
            l ->
                l.id()
                    + " "
                    + l.name()
                    + " "
                    + l.rgb()
                    + " "
                    + l.sourceIds()
                    + " "
                    + l.group()
                    + " "
                    + l.mirrorId())
        .collect(Collectors.joining("; "));
  }

  @Override
  public String toString() {
    return labels.stream().map(l -> l.id() + " " + l.name()).collect(Collectors.joining(", "));
  }
}
