package org.anatomicalpriors.synthetic;

/**
 * What makes one synthetic anatomy differ from another: a few independent normal numbers. Lengths
 * are in mm, angles in radians, sizes are factors of the mean anatomy.
 */
final class ShapeParameters {

  final double scale;
  final double width;
  final double height;
  final double tilt;
  final double turn;
  final double[] shift = new double[3];

  final double thickness;
  final double sulcusDepth;
  final double[] foldPhase = new double[3];
  final double foldAsymmetry;

  final double ventricleSize;
  final double ventricleLength;
  final double ventricleAsymmetry;

  final double roundNucleusSize;
  final double roundNucleusHeight;
  final double lensNucleusSize;
  final double lensNucleusOffset;
  final double lensNucleusBend;

  final double cerebellumSize;
  final double cerebellumOffset;
  final double stemLean;

  ShapeParameters(final GaussianRandom random) {
    scale = exp(random.next(0.035));
    width = exp(random.next(0.03));
    height = exp(random.next(0.03));
    tilt = random.next(0.05);
    turn = random.next(0.03);
    for (int d = 0; d < 3; d++) shift[d] = random.next(0.7);
    thickness = exp(random.next(0.12));
    sulcusDepth = exp(random.next(0.15));
    for (int i = 0; i < 3; i++) foldPhase[i] = random.next(0.45);
    foldAsymmetry = random.next(0.2);
    ventricleSize = exp(random.next(0.32));
    ventricleLength = exp(random.next(0.12));
    ventricleAsymmetry = exp(random.next(0.1));
    roundNucleusSize = exp(random.next(0.09));
    roundNucleusHeight = random.next(1.2);
    lensNucleusSize = exp(random.next(0.1));
    lensNucleusOffset = random.next(1.5);
    lensNucleusBend = 1 + random.next(0.5);
    cerebellumSize = exp(random.next(0.07));
    cerebellumOffset = random.next(1.5);
    stemLean = random.next(0.08);
  }

  private static double exp(final double x) {
    return StrictMath.exp(x);
  }
}
