package org.anatomicalpriors.synthetic;

/**
 * The folded shell of the cerebrum in radial coordinates: for a direction (a unit vector), how far
 * out the cortex begins and ends, as a fraction of the smooth hull's radius. Sulci run along the
 * zero lines of a wavy function of the direction. They are narrow in the outer surface and wide in
 * the inner one, so that cortex lines their walls.
 */
final class FoldedSurface {

  /** Waves per radian; zero lines are about 14 mm apart on the hull. */
  private static final double FREQUENCY = 8.5;

  private static final double OUTER_WIDTH = 0.6;
  private static final double INNER_WIDTH = 1.15;
  private static final double DEPTH = 0.19;
  private static final double THICKNESS = 0.09;

  private final ShapeParameters shape;

  FoldedSurface(final ShapeParameters shape) {
    this.shape = shape;
  }

  /** Innermost radius that any sulcus of this anatomy reaches with its cortex. */
  double depthLimit() {
    return 1 - DEPTH * shape.sulcusDepth - THICKNESS * shape.thickness;
  }

  /** The wavy function of a direction; both sides have mirrored patterns, but for a small shift. */
  double wave(final double x, final double y, final double z) {
    final double side = x < 0 ? -shape.foldAsymmetry : shape.foldAsymmetry;
    final double a = Math.abs(x);
    final double bend = StrictMath.sin(0.5 * FREQUENCY * (0.6 * y - 0.8 * a) + shape.foldPhase[2]);
    return StrictMath.sin(FREQUENCY * (0.8 * y + 0.5 * z) + shape.foldPhase[0] + side)
        + 0.8
            * StrictMath.sin(
                FREQUENCY * (0.7 * z - 0.6 * y + 0.3 * a) + 1.2 * bend + shape.foldPhase[1] - side);
  }

  double outerRadius(final double wave) {
    return 1 - DEPTH * shape.sulcusDepth * bump(wave / OUTER_WIDTH);
  }

  double innerRadius(final double wave) {
    return 1 - THICKNESS * shape.thickness - DEPTH * shape.sulcusDepth * bump(wave / INNER_WIDTH);
  }

  private static double bump(final double u) {
    final double v = 1 / (1 + u * u);
    return v * v;
  }
}
