package org.anatomicalpriors.labels;

import java.util.ArrayList;
import java.util.List;

/**
 * Which source ids of a label set may be the left and right of one structure: those of a label and
 * its mirror, and those that one label merges. Whether two of them really mirror each other, their
 * places tell ({@code space.MirrorPlane}).
 */
public final class LandmarkPairs {

  private LandmarkPairs() {}

  /** Candidate pairs of source ids, each once. */
  public static List<int[]> candidates(final LabelSet set) {
    final List<int[]> pairs = new ArrayList<>();
    for (final Label label : set.labels()) {
      if (label.id() == 0) continue;
      final Label mirror = set.get(set.indexOf(label.mirrorId()));
      for (final int a : label.sourceIds())
        for (final int b : mirror.sourceIds())
          if (label == mirror ? a < b : label.id() < mirror.id()) pairs.add(new int[] {a, b});
    }
    return pairs;
  }
}
