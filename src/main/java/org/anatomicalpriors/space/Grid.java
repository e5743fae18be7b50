package org.anatomicalpriors.space;

import java.util.Arrays;
import java.util.Locale;
import org.anatomicalpriors.InvalidInputException;

/**
 * A regular lattice of voxels in the world: its size in voxels (x, y, z; z is 1 for 2D) and the
 * affine map from voxel indices (centre of the first voxel at 0, 0, 0) to world coordinates (first
 * axis to the right, second to the front, third to the top, in {@link #unit()}). Immutable.
 */
public final class Grid {

  /** How far apart, in voxels, the same corners of coinciding grids may lie. */
  private static final double TOLERANCE = 0.05;

  private final int[] size;
  private final Affine toWorld;
  private final String unit;

  /**
   * @param size voxels along x, y, z
   * @param toWorld voxel index to world coordinates
   * @param unit unit of the world coordinates, such as {@code mm} or {@code um}
   * @throws InvalidInputException if a size is not positive or a spacing is zero or not finite
   */
  public Grid(final int[] size, final Affine toWorld, final String unit) {
    if (size.length != 3 || size[0] < 1 || size[1] < 1 || size[2] < 1)
      throw new InvalidInputException(
          "A grid of "
              + Arrays.toString(size)
              + " voxels was given; it needs three sizes of 1 or more.");
    final double det = toWorld.determinant();
    if (det == 0 || !Double.isFinite(det))
      throw new InvalidInputException(
          "The voxel spacing "
              + Arrays.toString(toWorld.columnNorms())
              + " is zero or not a number; correct the image's header.");
    this.size = size.clone();
    this.toWorld = toWorld;
    this.unit = unit;
  }

  /** An axis-aligned grid whose centre lies at {@code centre} (world coordinates). */
  public static Grid centred(
      final int[] size, final double[] spacing, final double[] centre, final String unit) {
    final double[] first = new double[3];
    for (int d = 0; d < 3; d++) first[d] = centre[d] - 0.5 * (size[d] - 1) * spacing[d];
    return new Grid(
        size,
        Affine.translation(first[0], first[1], first[2])
            .after(Affine.scale(spacing[0], spacing[1], spacing[2])),
        unit);
  }

  public int size(final int axis) {
    return size[axis];
  }

  public int[] size() {
    return size.clone();
  }

  /** Number of voxels. */
  public int voxelCount() {
    return Math.multiplyExact(Math.multiplyExact(size[0], size[1]), size[2]);
  }

  public boolean is2D() {
    return size[2] == 1;
  }

  public Affine toWorld() {
    return toWorld;
  }

  /** Distance between neighbouring voxels along x, y, z, in {@link #unit()}. */
  public double[] spacing() {
    return toWorld.columnNorms();
  }

  /** Edge length of a cube (in 2D of a square) as large as the grid, in its unit. */
  public double extent() {
    double volume = 1;
    final double[] spacing = spacing();
    for (int d = 0; d < (is2D() ? 2 : 3); d++) volume *= size(d) * spacing[d];
    return Math.pow(volume, is2D() ? 0.5 : 1 / 3.0);
  }

  /** Volume of a voxel, in cubic {@link #unit()}. */
  public double voxelVolume() {
    return Math.abs(toWorld.determinant());
  }

  public String unit() {
    return unit;
  }

  /** Whether voxels of the same indices lie in the same place, but for rounding in files. */
  public boolean coincides(final Grid other) {
    if (!Arrays.equals(size, other.size)) return false;
    final double[] s = spacing();
    final double limit = TOLERANCE * Math.min(s[0], Math.min(s[1], s[2]));
    for (int corner = 0; corner < 8; corner++) {
      final double[] voxel = new double[3];
      for (int d = 0; d < 3; d++) voxel[d] = (corner >> d & 1) * (size[d] - 1);
      final double[] p = toWorld.apply(voxel), q = other.toWorld.apply(voxel);
      for (int d = 0; d < 3; d++) if (!(Math.abs(p[d] - q[d]) <= limit)) return false;
    }
    return true;
  }

  /** Size, spacing, place and orientation, for people to read. */
  public String describe() {
    final double[] origin = toWorld.apply(0, 0, 0);
    return String.format(
        Locale.ROOT,
        "%s, first voxel at %.4g, %.4g, %.4g, axes %s",
        this,
        origin[0],
        origin[1],
        origin[2],
        axes());
  }

  /** Direction of each voxel axis by its nearest world axis, such as RAS or LIA. */
  private String axes() {
    final StringBuilder axes = new StringBuilder();
    for (int axis = 0; axis < 3; axis++) {
      int nearest = 0;
      for (int w = 1; w < 3; w++)
        if (Math.abs(toWorld.get(w, axis)) > Math.abs(toWorld.get(nearest, axis))) nearest = w;
      axes.append((toWorld.get(nearest, axis) < 0 ? "LPI" : "RAS").charAt(nearest));
    }
    return axes.toString();
  }

  @Override
  public boolean equals(final Object o) {
    if (!(o instanceof Grid)) return false;
    final Grid g = (Grid) o;
    return Arrays.equals(size, g.size) && toWorld.equals(g.toWorld) && unit.equals(g.unit);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(size) + toWorld.hashCode();
  }

  @Override
  public String toString() {
    final double[] s = spacing();
    return String.format(
        Locale.ROOT,
        "%d x %d x %d voxels of %.4g x %.4g x %.4g %s",
        size[0],
        size[1],
        size[2],
        s[0],
        s[1],
        s[2],
        unit);
  }
}
