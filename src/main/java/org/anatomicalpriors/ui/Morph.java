package org.anatomicalpriors.ui;

import org.anatomicalpriors.model.ShapePoint;

/** The straight line between the codes of two label maps. Immutable. */
final class Morph {

  private final String from;
  private final String to;
  private final float[] start;
  private final float[] end;

  Morph(final String from, final float[] start, final String to, final float[] end) {
    this.from = from;
    this.start = start;
    this.to = to;
    this.end = end;
  }

  String from() {
    return from;
  }

  String to() {
    return to;
  }

  /** The code at 0 (the first map) to 1 (the second). */
  float[] at(final double t) {
    return ShapePoint.between(start, end, t);
  }
}
