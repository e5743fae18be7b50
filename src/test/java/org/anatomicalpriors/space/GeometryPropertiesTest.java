package org.anatomicalpriors.space;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.anatomicalpriors.progress.Progress;

/** What holds of every affine map and every grid, and of what is resampled from one to another. */
@Domain(Geometries.class)
@Domain(DomainContext.Global.class)
class GeometryPropertiesTest {

  private static final double ROUNDING = 1e-9;
  private static final String SEED = "1";
  private static final int TRIES = 500;

  private static double[] voxel(final int v, final Grid g) {
    return new double[] {v % g.size(0), v / g.size(0) % g.size(1), v / g.size(0) / g.size(1)};
  }

  @Property(seed = SEED, tries = TRIES)
  void mapsComposeAndInvert(
      @ForAll final Affine a,
      @ForAll final Affine b,
      @ForAll @DoubleRange(min = -200, max = 200) final double x,
      @ForAll @DoubleRange(min = -200, max = 200) final double y) {
    final double[] p = {x, y, x - y};
    final Affine both = a.after(b);
    assertArrayEquals(a.apply(b.apply(p)), both.apply(p), ROUNDING);
    assertArrayEquals(p, a.inverse().apply(a.apply(p)), ROUNDING);
    assertTrue(both.inverse().isNear(b.inverse().after(a.inverse()), ROUNDING));
    assertEquals(
        1, both.determinant() / (a.determinant() * b.determinant()), ROUNDING, "volumes multiply");
  }

  @Property(seed = SEED, tries = TRIES)
  void voxelsOfAnotherOrderLieWhereTheyLay(
      @ForAll final Grid grid, @ForAll final Reorientation order) {
    final Grid other = order.of(grid);
    final int[] originals = order.originals(grid);
    for (int v = 0; v < originals.length; v++)
      assertArrayEquals(
          grid.toWorld().apply(voxel(originals[v], grid)),
          other.toWorld().apply(voxel(v, other)),
          ROUNDING);
    for (int d = 0; d < 3; d++)
      assertEquals(grid.spacing()[order.axis(d)], other.spacing()[d], ROUNDING);
    assertEquals(1, other.voxelVolume() / grid.voxelVolume(), ROUNDING);
    assertEquals(grid.unit(), other.unit());
  }

  @Property(seed = SEED, tries = TRIES)
  void gridsCoincideIfVoxelsAreLessThanATwentiethApart(
      @ForAll final Grid grid, @ForAll @IntRange(min = -20, max = 20) final int hundredths) {
    Assume.that(Math.abs(hundredths) != 5); // there rounding decides
    final double[] s = grid.spacing();
    final double shift = hundredths / 100.0 * Math.min(s[0], Math.min(s[1], s[2]));
    final Grid moved =
        new Grid(grid.size(), Affine.translation(0, shift, 0).after(grid.toWorld()), grid.unit());
    assertEquals(Math.abs(hundredths) < 5, grid.coincides(moved));
    assertEquals(Math.abs(hundredths) < 5, moved.coincides(grid));
  }

  @Property(seed = SEED, tries = TRIES)
  void resamplingOntoAnotherOrderIsThatOrder(
      @ForAll final Grid grid, @ForAll final Reorientation order, @ForAll final long seed) {
    final Grid other = order.of(grid);
    final byte[] labels = labels(grid, seed);
    assertArrayEquals(order.of(labels, grid), resampled(labels, grid, other));
    final float[] image = image(grid, seed);
    assertArrayEquals(order.of(image, grid), resampled(image, grid, other), 1e-4f);
  }

  /** However source and target are stored, and whatever the unit. */
  @Property(seed = SEED, tries = TRIES)
  void resamplingDependsOnPlacesInTheWorldAlone(
      @ForAll final Grid from,
      @ForAll final Affine direction,
      @ForAll final Reorientation order,
      @ForAll final Reorientation otherOrder,
      @ForAll final long seed) {
    final Grid to = targetOver(from, direction);
    final float[] image = image(from, seed);
    final float[] there = resampled(image, from, to);
    final float[] found =
        resampled(
            order.of(image, from), inThousandths(order.of(from)), inThousandths(otherOrder.of(to)));
    assertArrayEquals(otherOrder.of(there, to), found, 1e-3f);
    float least = Float.POSITIVE_INFINITY, most = Float.NEGATIVE_INFINITY;
    for (final float v : image) {
      least = Math.min(least, v);
      most = Math.max(most, v);
    }
    for (final float v : there)
      if (!Float.isNaN(v))
        assertTrue(v >= least - 1e-4 && v <= most + 1e-4, v + " is beyond what the source holds");
    final byte[] labels = labels(from, seed);
    for (final byte l : resampled(labels, from, to))
      assertTrue(l == -1 || l >= 0 && l < 5, "label " + l + " is none of the source's");
  }

  /** A grid on the source's centre, off by a little so that no sample lies on a border. */
  private static Grid targetOver(final Grid from, final Affine direction) {
    final double[] centre =
        from.toWorld()
            .apply(0.5 * (from.size(0) - 1), 0.5 * (from.size(1) - 1), 0.5 * (from.size(2) - 1));
    final double[] offset = direction.apply(2.03, 1.47, 1.01);
    return new Grid(
        new int[] {5, 4, 3},
        Affine.translation(centre[0] - offset[0], centre[1] - offset[1], centre[2] - offset[2])
            .after(direction),
        from.unit());
  }

  private static Grid inThousandths(final Grid g) {
    return new Grid(g.size(), Affine.scale(1000, 1000, 1000).after(g.toWorld()), "um");
  }

  private static byte[] labels(final Grid grid, final long seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    final byte[] labels = new byte[grid.voxelCount()];
    for (int v = 0; v < labels.length; v++) labels[v] = (byte) random.nextInt(5);
    return labels;
  }

  private static float[] image(final Grid grid, final long seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    final float[] image = new float[grid.voxelCount()];
    for (int v = 0; v < image.length; v++) image[v] = (float) random.nextDouble(-1, 1);
    return image;
  }

  private static byte[] resampled(final byte[] labels, final Grid from, final Grid to) {
    return Resampler.labels(labels, from, Affine.identity(), to, 1, Progress.NONE);
  }

  private static float[] resampled(final float[] image, final Grid from, final Grid to) {
    return Resampler.image(
        image,
        from.size(),
        Resampler.targetVoxelToSourceVoxel(from, Affine.identity(), to),
        to.size(),
        1,
        Progress.NONE);
  }
}
