package org.anatomicalpriors.io.nifti;

import java.util.Arrays;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;

/**
 * Where a NIfTI image lies: the map from voxel indices to RAS world coordinates, its unit, and from
 * which part of the header it came. Formulas: {@code nifti1.h}, "3D image (volume) orientation and
 * location in space".
 */
public final class NiftiGeometry {

  /** The part of a header that gave the map. */
  public enum Source {
    /** The matrix in {@code srow_x, srow_y, srow_z} ("method 3"), preferred where it is set. */
    SFORM,
    /** Quaternion, offset and spacing ("method 2"). */
    QFORM,
    /** Spacing only ("method 1"): neither form is set, orientation and place are unknown. */
    PIXDIM
  }

  /** Code of a form that was aligned to something: what is written where nothing is known. */
  private static final int CODE_ALIGNED = 2;

  private static final int SPACE_UNITS = 0x07;
  private static final String[] UNITS = {"", "m", "mm", "um"};

  /** How far columns of a matrix may be from orthogonal to be written as a quaternion. */
  private static final double ORTHOGONAL = 1e-5;

  private final Affine toWorld;
  private final String unit;
  private final Source source;
  private final boolean unitKnown;

  private NiftiGeometry(
      final Affine toWorld, final String unit, final boolean unitKnown, final Source source) {
    this.toWorld = toWorld;
    this.unit = unit;
    this.unitKnown = unitKnown;
    this.source = source;
  }

  /** Voxel index (first three axes) to world coordinates. */
  public Affine toWorld() {
    return toWorld;
  }

  /** {@code m}, {@code mm} or {@code um}; {@code mm} where the header names none. */
  public String unit() {
    return unit;
  }

  /** False if the header names no unit of length. */
  public boolean isUnitKnown() {
    return unitKnown;
  }

  public Source source() {
    return source;
  }

  /**
   * The geometry that a header describes.
   *
   * @param name what to call the file in messages
   * @throws InvalidInputException if the spacing or matrix in force is zero or not a number
   */
  public static NiftiGeometry of(final NiftiHeader header, final String name) {
    final int code = (int) header.number(NiftiField.XYZT_UNITS) & SPACE_UNITS;
    final boolean unitKnown = code > 0 && code < UNITS.length;
    final String unit = unitKnown ? UNITS[code] : "mm";
    if (header.number(NiftiField.SFORM_CODE) > 0)
      return new NiftiGeometry(sform(header, name), unit, unitKnown, Source.SFORM);
    if (header.number(NiftiField.QFORM_CODE) > 0)
      return new NiftiGeometry(qform(header, name), unit, unitKnown, Source.QFORM);
    final double[] s = spacing(header, name);
    final Affine affine = usable(Affine.scale(s[0], s[1], s[2]), name, "voxel spacing", s);
    return new NiftiGeometry(affine, unit, unitKnown, Source.PIXDIM);
  }

  private static Affine sform(final NiftiHeader header, final String name) {
    final double[] m = header.numbers(NiftiField.SROW);
    final Affine affine =
        Affine.ofRows(
            Arrays.copyOfRange(m, 0, 4), Arrays.copyOfRange(m, 4, 8), Arrays.copyOfRange(m, 8, 12));
    for (final double v : m) if (!Double.isFinite(v)) throw unusable(name, "sform matrix", m);
    return usable(affine, name, "sform matrix", m);
  }

  private static Affine qform(final NiftiHeader header, final String name) {
    final double[] q = header.numbers(NiftiField.QUATERN);
    final double[] offset = header.numbers(NiftiField.QOFFSET);
    for (int i = 0; i < 3; i++) {
      if (!Double.isFinite(q[i])) throw unusable(name, "qform quaternion", q);
      if (!Double.isFinite(offset[i])) throw unusable(name, "qform offset", offset);
    }
    final double[] s = spacing(header, name);
    // qfac, kept in pixdim[0]; 0 counts as 1.
    if (header.number(NiftiField.PIXDIM, 0) < 0) s[2] = -s[2];
    final double[][] r = new Quaternion(q[0], q[1], q[2]).toMatrix();
    final double[][] rows = new double[3][4];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) rows[i][j] = r[i][j] * s[j];
      rows[i][3] = offset[i];
    }
    return usable(Affine.ofRows(rows), name, "voxel spacing", s);
  }

  /** Numbers that are sound each by itself may still be too small or too large together. */
  private static Affine usable(
      final Affine affine, final String name, final String what, final double[] values) {
    final double volume = affine.determinant();
    if (volume == 0 || !Double.isFinite(volume)) throw unusable(name, what, values);
    return affine;
  }

  /** Spacing of the first three axes; an axis that the image does not have gets 1 if unset. */
  private static double[] spacing(final NiftiHeader header, final String name) {
    final double[] spacing = new double[3];
    for (int d = 0; d < 3; d++) {
      final double s = Math.abs(header.number(NiftiField.PIXDIM, d + 1));
      final boolean missing = d >= header.number(NiftiField.DIM) && !(s > 0);
      spacing[d] = missing ? 1 : s;
      if (!(spacing[d] > 0) || Double.isInfinite(s))
        throw unusable(
            name, "voxel spacing", Arrays.copyOfRange(header.numbers(NiftiField.PIXDIM), 1, 4));
    }
    return spacing;
  }

  private static InvalidInputException unusable(
      final String name, final String what, final double[] values) {
    return new InvalidInputException(
        name
            + " has the "
            + what
            + " "
            + Arrays.toString(values)
            + ", which is zero, singular or not a number; correct the file's header.");
  }

  /**
   * The header with the geometry of {@code grid}. If it describes that geometry already (to 1e-4
   * voxels), both forms and their codes stay as they are. Otherwise the sform, the spacing, the
   * unit and, if the map is rotation and spacing only, the qform are set; codes above 0 are kept,
   * unset ones become 2 (aligned); a map with shear gets no qform (code 0).
   */
  public static NiftiHeader encode(final NiftiHeader header, final Grid grid) {
    if (describes(header, grid)) return header;
    final Affine a = grid.toWorld();
    final double[] s = grid.spacing();
    final double mirror = a.determinant() < 0 ? -1 : 1;
    final double[][] r = new double[3][3];
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 3; j++) r[i][j] = a.get(i, j) / (j == 2 ? mirror * s[j] : s[j]);
    final boolean rotation = isOrthogonal(r);

    final double[] pixdim = header.numbers(NiftiField.PIXDIM);
    pixdim[0] = rotation ? mirror : 1;
    System.arraycopy(s, 0, pixdim, 1, 3);
    final double[] srow = new double[12];
    for (int i = 0; i < 12; i++) srow[i] = a.get(i / 4, i % 4);
    final int unitCode = Math.max(0, Arrays.asList(UNITS).indexOf(grid.unit()));
    final int timeUnits = (int) header.number(NiftiField.XYZT_UNITS) & ~SPACE_UNITS;

    final NiftiHeader placed =
        header
            .with(NiftiField.PIXDIM, pixdim)
            .with(NiftiField.XYZT_UNITS, timeUnits | unitCode)
            .with(NiftiField.SROW, srow)
            .with(NiftiField.SFORM_CODE, codeOf(header, NiftiField.SFORM_CODE));
    if (!rotation)
      return placed
          .with(NiftiField.QUATERN)
          .with(NiftiField.QOFFSET)
          .with(NiftiField.QFORM_CODE, 0);
    final Quaternion q = Quaternion.ofMatrix(r);
    return placed
        .with(NiftiField.QUATERN, q.b, q.c, q.d)
        .with(NiftiField.QOFFSET, a.get(0, 3), a.get(1, 3), a.get(2, 3))
        .with(NiftiField.QFORM_CODE, codeOf(header, NiftiField.QFORM_CODE));
  }

  private static double codeOf(final NiftiHeader header, final NiftiField field) {
    return header.number(field) > 0 ? header.number(field) : CODE_ALIGNED;
  }

  private static boolean describes(final NiftiHeader header, final Grid grid) {
    if (header.number(NiftiField.DIM) == 0) return false;
    final NiftiGeometry known;
    try {
      known = of(header, "template");
    } catch (final InvalidInputException e) {
      return false; // an unusable template geometry is replaced
    }
    final double tolerance = 1e-4 * Arrays.stream(grid.spacing()).min().getAsDouble();
    return known.unit.equals(grid.unit()) && known.toWorld.isNear(grid.toWorld(), tolerance);
  }

  private static boolean isOrthogonal(final double[][] r) {
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < i; j++) {
        final double dot = r[0][i] * r[0][j] + r[1][i] * r[1][j] + r[2][i] * r[2][j];
        if (Math.abs(dot) > ORTHOGONAL) return false;
      }
    return true;
  }
}
