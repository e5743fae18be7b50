package org.anatomicalpriors.picture;

import java.awt.Color;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.anatomicalpriors.labels.Label;
import org.anatomicalpriors.labels.LabelSet;

/** Colour and name for the values of label maps. Value 0 is never drawn. */
public final class LabelColours {

  private final Map<Integer, Integer> rgb = new LinkedHashMap<>();
  private final Map<Integer, String> names = new LinkedHashMap<>();

  private LabelColours() {}

  /** For label maps that hold ids; source ids are drawn as the label that they become. */
  public static LabelColours forIds(final LabelSet labels) {
    final LabelColours colours = new LabelColours();
    for (final Label label : labels.labels()) {
      colours.put(label.id(), label);
      for (final int source : label.sourceIds()) colours.put(source, label);
    }
    return colours;
  }

  /** For label maps that hold the label set's indices. */
  public static LabelColours forIndices(final LabelSet labels) {
    final LabelColours colours = new LabelColours();
    for (int i = 0; i < labels.size(); i++) colours.put(i, labels.get(i));
    return colours;
  }

  /** For label maps without a label set: each value a colour of its own, named by the value. */
  public static LabelColours byValue() {
    return new LabelColours();
  }

  private void put(final int value, final Label label) {
    if (value == 0) return;
    rgb.put(value, label.rgb());
    names.put(value, label.name());
  }

  /** 0xRRGGBB. */
  int rgb(final int value) {
    final Integer known = rgb.get(value);
    if (known != null) return known;
    // Hues a golden angle apart stay distinct for any number of values.
    final float hue = (float) (value * 0.61803398875 % 1);
    return Color.HSBtoRGB(hue, 0.65f, value % 2 == 0 ? 0.95f : 0.8f) & 0xffffff;
  }

  /** Colour by name of those values that occur, in the order of the label set, each name once. */
  Map<String, Integer> legend(final Set<Integer> occurring) {
    final Map<String, Integer> legend = new LinkedHashMap<>();
    names.forEach(
        (value, name) -> {
          if (occurring.contains(value)) legend.putIfAbsent(name, rgb(value));
        });
    for (final int value : occurring)
      if (value != 0 && !names.containsKey(value)) legend.put(Integer.toString(value), rgb(value));
    return legend;
  }
}
