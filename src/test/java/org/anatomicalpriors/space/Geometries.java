package org.anatomicalpriors.space;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Geometries as headers have them, for properties that hold of all. */
public final class Geometries extends DomainContextBase {

  private static final double FARTHEST = 300;

  @Provide
  Arbitrary<Reorientation> reorientations() {
    return Arbitraries.of(Reorientation.all()).withoutEdgeCases();
  }

  /** Any rotation, either handedness, voxels up to ten times as long as wide, any place. */
  @Provide
  Arbitrary<Affine> affines() {
    return Combinators.combine(
            degrees().array(double[].class).ofSize(3),
            numbers(0.3, 3).array(double[].class).ofSize(3),
            numbers(-FARTHEST, FARTHEST).array(double[].class).ofSize(3),
            Arbitraries.of(true, false))
        .as(
            (degrees, spacing, place, mirrored) -> {
              Affine a = Affine.scale(spacing[0], spacing[1], mirrored ? -spacing[2] : spacing[2]);
              for (int d = 0; d < 3; d++)
                a = Affine.rotation(d, (d + 1) % 3, Math.toRadians(degrees[d])).after(a);
              return Affine.translation(place[0], place[1], place[2]).after(a);
            })
        .withoutEdgeCases();
  }

  @Provide
  Arbitrary<Grid> grids() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 6).array(int[].class).ofSize(3),
            affines(),
            Arbitraries.of("m", "mm", "um"))
        .as(Grid::new)
        .withoutEdgeCases();
  }

  /** Every other one turns axes onto axes, as most headers do. */
  private static Arbitrary<Double> degrees() {
    return Arbitraries.oneOf(Arbitraries.of(-180.0, -90.0, 0.0, 90.0), numbers(-180, 180));
  }

  private static Arbitrary<Double> numbers(final double low, final double high) {
    return Arbitraries.doubles().between(low, high).ofScale(4);
  }
}
