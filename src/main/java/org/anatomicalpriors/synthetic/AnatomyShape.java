package org.anatomicalpriors.synthetic;

import static org.anatomicalpriors.synthetic.SyntheticLabels.sided;

/** Which structure of one synthetic anatomy lies at a point of the world (mm, RAS). */
final class AnatomyShape {

  /** Half widths, in mm, of the region that the warp covers; anatomies lie well inside. */
  private static final double[] EXTENT = {52, 60, 52};

  private static final double WARP_SPACING = 18;
  private static final double WARP_SD = 1.3;

  private final ShapeParameters shape;
  private final FoldedSurface folds;
  private final SmoothField warp;
  private final double cosTilt, sinTilt, cosTurn, sinTurn;
  private final double[] at = new double[3];

  AnatomyShape(final GaussianRandom random) {
    shape = new ShapeParameters(random);
    folds = new FoldedSurface(shape);
    warp = new SmoothField(EXTENT, WARP_SPACING, 3, WARP_SD, random);
    cosTilt = StrictMath.cos(shape.tilt);
    sinTilt = StrictMath.sin(shape.tilt);
    cosTurn = StrictMath.cos(shape.turn);
    sinTurn = StrictMath.sin(shape.turn);
  }

  /** The label id at a point. Not safe for use by several threads at once. */
  int labelAt(final double worldX, final double worldY, final double worldZ) {
    if (Math.abs(worldX) > EXTENT[0]
        || Math.abs(worldY) > EXTENT[1]
        || Math.abs(worldZ) > EXTENT[2]) return SyntheticLabels.BACKGROUND;
    toMeanAnatomy(worldX, worldY, worldZ);
    final double x = at[0], y = at[1], z = at[2];
    final boolean right = x > 0;
    final double lateral = Math.abs(x);
    if (inVentricle(lateral, y, z, right)) return sided(SyntheticLabels.VENTRICLE, right);
    if (inRoundNucleus(lateral, y, z)) return sided(SyntheticLabels.ROUND_NUCLEUS, right);
    if (inLensNucleus(lateral, y, z)) return sided(SyntheticLabels.LENS_NUCLEUS, right);
    if (inStem(x, y, z)) return SyntheticLabels.STEM;
    final int cerebrum = cerebrum(x, y, z, right);
    if (cerebrum != SyntheticLabels.BACKGROUND) return cerebrum;
    return inCerebellum(x, y, z) ? SyntheticLabels.CEREBELLUM : SyntheticLabels.BACKGROUND;
  }

  /** Undoes this anatomy's warp, position, rotation and size. */
  private void toMeanAnatomy(final double worldX, final double worldY, final double worldZ) {
    warp.evaluate(worldX, worldY, worldZ, at);
    final double x = (worldX + at[0] - shape.shift[0]) / (shape.scale * shape.width);
    final double y = (worldY + at[1] - shape.shift[1]) / shape.scale;
    final double z = (worldZ + at[2] - shape.shift[2]) / (shape.scale * shape.height);
    at[0] = cosTurn * x - sinTurn * y;
    final double y1 = sinTurn * x + cosTurn * y;
    at[1] = cosTilt * y1 - sinTilt * z;
    at[2] = sinTilt * y1 + cosTilt * z;
  }

  private boolean inVentricle(
      final double lateral, final double y, final double z, final boolean right) {
    final double asymmetry = right ? shape.ventricleAsymmetry : 1 / shape.ventricleAsymmetry;
    final double size = shape.ventricleSize * asymmetry;
    final double v = y - 1;
    // Bowed: the horns turn outwards and down.
    return inEllipsoid(
        lateral - 4.2 - 1.6 * size - 0.012 * v * v,
        v,
        z - 13 + 0.014 * v * v,
        1.2 + 2.4 * size,
        17 * shape.ventricleLength,
        2 + 3.2 * size);
  }

  private boolean inRoundNucleus(final double lateral, final double y, final double z) {
    final double size = shape.roundNucleusSize;
    final double pushed = 2.5 * (shape.ventricleSize - 1);
    return inEllipsoid(
        lateral - 8.5 - pushed,
        y + 5,
        z - 3 - shape.roundNucleusHeight,
        6 * size,
        9.5 * size,
        6.2 * size);
  }

  private boolean inLensNucleus(final double lateral, final double y, final double z) {
    final double size = shape.lensNucleusSize;
    final double v = y - 1 - shape.lensNucleusOffset;
    return inEllipsoid(
        lateral - 20.5 + 0.02 * shape.lensNucleusBend * v * v,
        v,
        z - 4 - 0.4 * shape.lensNucleusOffset,
        4.2 * size,
        13.5 * size,
        7.5 * size);
  }

  private boolean inStem(final double x, final double y, final double z) {
    if (z > -5 || z < -39) return false;
    final double depth = -5 - z;
    final double dy = y + 5 + (0.2 + shape.stemLean) * depth;
    final double bulge = 1 - (depth - 14) * (depth - 14) / 900;
    final double radius = 4.5 + 3.2 * Math.max(0, bulge);
    return x * x + dy * dy < radius * radius;
  }

  private boolean inCerebellum(final double x, final double y, final double z) {
    final double size = shape.cerebellumSize;
    // Furrows across, like the folia of a cerebellum.
    final double furrow = 1 + 0.05 * StrictMath.sin(0.75 * (z + 0.5 * y));
    final double s = size * furrow;
    return inEllipsoid(x, y + 21 - shape.cerebellumOffset, z + 23, 23 * s, 14.5 * s, 11.5 * s);
  }

  private int cerebrum(final double x, final double y, final double z, final boolean right) {
    final double u = x / 36, v = (y - 2) / 45, w = (z - 8) / (z < 8 ? 25 : 31);
    final double radius = Math.sqrt(u * u + v * v + w * w);
    if (radius >= 1) return SyntheticLabels.BACKGROUND;
    final boolean fissure = z > 19 && Math.abs(x) < 3.2 * shape.thickness;
    if (radius < folds.depthLimit())
      return sided(fissure ? SyntheticLabels.CORTEX : SyntheticLabels.WHITE_MATTER, right);
    final double wave = folds.wave(u / radius, v / radius, w / radius);
    if (radius > folds.outerRadius(wave)) return SyntheticLabels.BACKGROUND;
    final boolean cortex = fissure || radius > folds.innerRadius(wave);
    return sided(cortex ? SyntheticLabels.CORTEX : SyntheticLabels.WHITE_MATTER, right);
  }

  private static boolean inEllipsoid(
      final double x,
      final double y,
      final double z,
      final double a,
      final double b,
      final double c) {
    final double u = x / a, v = y / b, w = z / c;
    return u * u + v * v + w * w < 1;
  }
}
