package org.anatomicalpriors.synthetic;

import java.util.ArrayList;
import java.util.List;
import org.anatomicalpriors.labels.Label;
import org.anatomicalpriors.labels.LabelSet;

/** The structures of the synthetic anatomy: ids, names, colours, intensity groups, mirrors. */
final class SyntheticLabels {

  static final int BACKGROUND = 0;
  static final int CORTEX = 1;
  static final int WHITE_MATTER = 3;
  static final int VENTRICLE = 5;
  static final int ROUND_NUCLEUS = 7;
  static final int LENS_NUCLEUS = 9;
  static final int STEM = 11;
  static final int CEREBELLUM = 12;

  /** Number of labels, background included; ids run from 0 to this minus 1. */
  static final int COUNT = 13;

  private SyntheticLabels() {}

  /** Paired structures: the left one has the given id, the right one the next. */
  static int sided(final int leftId, final boolean right) {
    return right ? leftId + 1 : leftId;
  }

  static LabelSet create() {
    final List<Label> labels = new ArrayList<>();
    labels.add(single(BACKGROUND, "background", 0x000000, "background"));
    pair(labels, CORTEX, "cortex", 0xd9695f, 0xe8998f, "grey matter");
    pair(labels, WHITE_MATTER, "white matter", 0xe6e2d3, 0xc9c5b4, "white matter");
    pair(labels, VENTRICLE, "ventricle", 0x4f86d9, 0x86aeea, "fluid");
    pair(labels, ROUND_NUCLEUS, "round nucleus", 0x3fa66b, 0x7cc79b, "round nucleus");
    pair(labels, LENS_NUCLEUS, "lens nucleus", 0xe0a030, 0xf0c878, "lens nucleus");
    labels.add(single(STEM, "stem", 0x9b6fc0, "stem"));
    labels.add(single(CEREBELLUM, "cerebellum", 0x2fb3b8, "cerebellum"));
    return new LabelSet(labels);
  }

  private static void pair(
      final List<Label> labels,
      final int left,
      final String name,
      final int leftRgb,
      final int rightRgb,
      final String group) {
    final int right = left + 1;
    labels.add(new Label(left, "left " + name, leftRgb, List.of(left), group, right));
    labels.add(new Label(right, "right " + name, rightRgb, List.of(right), group, left));
  }

  private static Label single(final int id, final String name, final int rgb, final String group) {
    return new Label(id, name, rgb, List.of(id), group, id);
  }
}
