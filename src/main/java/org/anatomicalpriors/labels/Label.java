package org.anatomicalpriors.labels;

import java.util.List;

/** One structure of a {@link LabelSet}. Immutable. */
public final class Label {

  private final int id;
  private final String name;
  private final int rgb;
  private final List<Integer> sourceIds;
  private final String group;
  private final int mirrorId;

  /**
   * @param id the value of this label in label maps that the plugin writes
   * @param name the structure's name
   * @param rgb colour, 0xRRGGBB
   * @param sourceIds values in incoming label maps that become this label; contains {@code id}
   * @param group name of the intensity group: labels of one group share one intensity distribution
   * @param mirrorId id of the same structure on the other side, or {@code id} if it has none
   */
  public Label(
      final int id,
      final String name,
      final int rgb,
      final List<Integer> sourceIds,
      final String group,
      final int mirrorId) {
    this.id = id;
    this.name = name;
    this.rgb = rgb & 0xffffff;
    this.sourceIds = List.copyOf(sourceIds);
    this.group = group;
    this.mirrorId = mirrorId;
  }

  public int id() {
    return id;
  }

  public String name() {
    return name;
  }

  public int rgb() {
    return rgb;
  }

  public List<Integer> sourceIds() {
    return sourceIds;
  }

  public String group() {
    return group;
  }

  public int mirrorId() {
    return mirrorId;
  }
}
