package org.anatomicalpriors.evaluation;

import java.util.EnumMap;
import java.util.Map;

/** The {@linkplain Measure measures} of one label in one file. Immutable. */
public final class LabelScore {

  private final int id;
  private final String name;
  private final Map<Measure, Double> values;

  LabelScore(final int id, final String name, final Map<Measure, Double> values) {
    this.id = id;
    this.name = name;
    this.values = new EnumMap<>(values);
  }

  public int id() {
    return id;
  }

  /** The structure's name, or its id as text if no label set was given. */
  public String name() {
    return name;
  }

  /** The measure's value, or NaN where it is not defined. */
  public double get(final Measure measure) {
    return values.getOrDefault(measure, Double.NaN);
  }

  public double dice() {
    return get(Measure.DICE);
  }

  @Override
  public String toString() {
    return id + " " + name + " " + values;
  }
}
