package org.anatomicalpriors.model;

/**
 * A code with its coordinates in a {@link ShapeSpace}. Moving it along an axis leaves all of it
 * alone that the axes do not say, so that one can start from any anatomy. Immutable.
 */
public final class ShapePoint {

  private final ShapeSpace space;
  private final float[] code;
  private final double[] coordinates;

  private ShapePoint(final ShapeSpace space, final float[] code, final double[] coordinates) {
    this.space = space;
    this.code = code;
    this.coordinates = coordinates;
  }

  /** The place of any code. */
  public static ShapePoint of(final ShapeSpace space, final float[] code) {
    return new ShapePoint(space, code.clone(), space.coordinates(code));
  }

  /** This point moved along one axis to a coordinate there, in standard deviations. */
  public ShapePoint with(final int axis, final double coordinate) {
    final float[] moved = code.clone();
    space.move(moved, axis, coordinate - coordinates[axis]);
    final double[] c = coordinates.clone();
    c[axis] = coordinate;
    return new ShapePoint(space, moved, c);
  }

  public ShapeSpace space() {
    return space;
  }

  public float[] code() {
    return code.clone();
  }

  /** Where it lies along an axis, in standard deviations. */
  public double coordinate(final int axis) {
    return coordinates[axis];
  }

  /** The code on the straight line between two, at 0 the first and at 1 the second. */
  public static float[] between(final float[] from, final float[] to, final double t) {
    final float[] z = new float[from.length];
    final float u = (float) t;
    for (int i = 0; i < z.length; i++) z[i] = (1 - u) * from[i] + u * to[i];
    return z;
  }
}
