package org.anatomicalpriors.io.nifti;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NiftiGeometryTest {

  private static final int[] SIZE = {4, 5, 6};

  private static Grid grid(final Affine affine) {
    return new Grid(SIZE, affine, "mm");
  }

  private static NiftiHeader encoded(final Affine affine) {
    return NiftiGeometry.encode(NiftiHeader.empty().with(NiftiField.DIM, 3, 4, 5, 6), grid(affine));
  }

  /** A quarter turn about z (q = cos 45 + k sin 45): x goes to y, y to -x. Worked out by hand. */
  @Test
  void quarterTurnFromQuaternion() {
    final NiftiHeader header =
        NiftiHeader.empty()
            .with(NiftiField.DIM, 3, 4, 5, 6)
            .with(NiftiField.QFORM_CODE, 1)
            .with(NiftiField.PIXDIM, 1, 2, 3, 4)
            .with(NiftiField.QUATERN, 0, 0, Math.sqrt(0.5))
            .with(NiftiField.QOFFSET, 10, 20, 30);
    final Affine expected =
        Affine.ofRows(
            new double[] {0, -3, 0, 10}, new double[] {2, 0, 0, 20}, new double[] {0, 0, 4, 30});
    assertTrue(NiftiGeometry.of(header, "a").toWorld().isNear(expected, 1e-12));
    assertEquals(NiftiGeometry.Source.QFORM, NiftiGeometry.of(header, "a").source());

    final NiftiHeader mirrored = header.with(NiftiField.PIXDIM, -1, 2, 3, 4);
    final Affine flipped =
        Affine.ofRows(
            new double[] {0, -3, 0, 10}, new double[] {2, 0, 0, 20}, new double[] {0, 0, -4, 30});
    assertTrue(NiftiGeometry.of(mirrored, "a").toWorld().isNear(flipped, 1e-12));
  }

  @Test
  void sformIsPreferredUnlessItsCodeIsZero() {
    final NiftiHeader both =
        encoded(SampleImages.OBLIQUE).with(NiftiField.SROW, 2, 0, 0, 1, 0, 2, 0, 1, 0, 0, 2, 1);
    assertEquals(2, NiftiGeometry.of(both, "a").toWorld().get(0, 0));
    assertEquals(NiftiGeometry.Source.SFORM, NiftiGeometry.of(both, "a").source());
    final NiftiHeader qformOnly = both.with(NiftiField.SFORM_CODE, 0);
    assertTrue(NiftiGeometry.of(qformOnly, "a").toWorld().isNear(SampleImages.OBLIQUE, 1e-12));
    final NiftiGeometry none = NiftiGeometry.of(qformOnly.with(NiftiField.QFORM_CODE, 0), "a");
    assertEquals(NiftiGeometry.Source.PIXDIM, none.source());
    assertTrue(none.toWorld().isNear(Affine.scale(.5, .75, 2), 1e-12));
  }

  @Test
  void randomRotationsAndMirrorsSurviveTheQuaternion() {
    final Random random = new Random(3);
    for (int i = 0; i < 500; i++) {
      final double[] q = new double[4];
      // Every fourth is a half turn, where the real part vanishes.
      for (int k = i % 4 == 0 ? 1 : 0; k < 4; k++) q[k] = random.nextGaussian();
      final double norm = Math.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]);
      final double[][] r =
          new Quaternion(
                  Math.signum(q[0] + 1e-300) * q[1] / norm,
                  Math.signum(q[0] + 1e-300) * q[2] / norm,
                  Math.signum(q[0] + 1e-300) * q[3] / norm)
              .toMatrix();
      final double[][] rows = new double[3][];
      final double mirror = random.nextBoolean() ? 1 : -1;
      for (int k = 0; k < 3; k++)
        rows[k] = new double[] {r[k][0], 2 * r[k][1], 0.3 * mirror * r[k][2], k};
      final Affine affine = Affine.ofRows(rows);
      final NiftiHeader header = encoded(affine);
      assertEquals(mirror, header.number(NiftiField.PIXDIM, 0));
      assertTrue(
          NiftiGeometry.of(header.with(NiftiField.SFORM_CODE, 0), "a")
              .toWorld()
              .isNear(affine, 1e-6),
          affine.toString());
    }
  }

  @Test
  void shearHasNoQform() {
    final Affine shear =
        Affine.ofRows(
            new double[] {1, 0.2, 0, 0}, new double[] {0, 1, 0, 0}, new double[] {0, 0, 1, 0});
    final NiftiHeader header = encoded(shear);
    assertEquals(0, header.number(NiftiField.QFORM_CODE));
    assertEquals(2, header.number(NiftiField.SFORM_CODE));
    assertTrue(NiftiGeometry.of(header, "a").toWorld().isNear(shear, 0));
  }

  @ParameterizedTest
  @CsvSource({"1,4", "0,1", "2,0", "0,0"})
  void templateGeometryStaysAsItIs(final int qform, final int sform) {
    final NiftiHeader template =
        encoded(SampleImages.OBLIQUE)
            .with(NiftiField.QFORM_CODE, qform)
            .with(NiftiField.SFORM_CODE, sform);
    final Grid own = grid(NiftiGeometry.of(template, "a").toWorld());
    assertSame(template, NiftiGeometry.encode(template, own));

    final Grid moved = grid(Affine.translation(5, 0, 0).after(own.toWorld()));
    final NiftiHeader other = NiftiGeometry.encode(template, moved);
    assertEquals(qform > 0 ? qform : 2, other.number(NiftiField.QFORM_CODE));
    assertEquals(sform > 0 ? sform : 2, other.number(NiftiField.SFORM_CODE));
    assertTrue(NiftiGeometry.of(other, "a").toWorld().isNear(moved.toWorld(), 1e-12));
  }

  @ParameterizedTest
  @CsvSource({"1,m", "2,mm", "3,um"})
  void unitsOfLength(final int code, final String unit) {
    final NiftiGeometry read =
        NiftiGeometry.of(encoded(Affine.identity()).with(NiftiField.XYZT_UNITS, code + 16), "a");
    assertEquals(unit, read.unit());
    assertTrue(read.isUnitKnown());
    final NiftiHeader written =
        NiftiGeometry.encode(
            NiftiHeader.empty().with(NiftiField.XYZT_UNITS, 16),
            new Grid(SIZE, Affine.identity(), unit));
    assertEquals(code + 16, written.number(NiftiField.XYZT_UNITS));
  }

  @Test
  void unknownUnitIsMillimetreAndSaysSo() {
    final NiftiGeometry read =
        NiftiGeometry.of(encoded(Affine.identity()).with(NiftiField.XYZT_UNITS, 8), "a");
    assertEquals("mm", read.unit());
    assertFalse(read.isUnitKnown());
    final NiftiHeader pixels =
        NiftiGeometry.encode(NiftiHeader.empty(), new Grid(SIZE, Affine.identity(), "pixel"));
    assertEquals(0, pixels.number(NiftiField.XYZT_UNITS));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, Double.NaN, Double.POSITIVE_INFINITY})
  void unusableSpacingIsRefused(final double spacing) {
    for (final int qform : new int[] {0, 1}) {
      final NiftiHeader header =
          encoded(Affine.identity())
              .with(NiftiField.SFORM_CODE, 0)
              .with(NiftiField.QFORM_CODE, qform)
              .with(NiftiField.PIXDIM, 1, 2, spacing, 4);
      assertEquals(
          "bad.nii has the voxel spacing [2.0, "
              + Math.abs(spacing)
              + ", 4.0], which is zero, singular or not a number; correct the file's header.",
          assertThrows(InvalidInputException.class, () -> NiftiGeometry.of(header, "bad.nii"))
              .getMessage());
    }
  }

  @Test
  void unusableMatricesAreRefused() {
    final NiftiHeader good = encoded(Affine.identity());
    assertMessage(good.with(NiftiField.SROW), "sform matrix");
    assertMessage(
        good.with(NiftiField.SROW, 1, 0, 0, Double.NaN, 0, 1, 0, 0, 0, 0, 1, 0), "sform matrix");
    final NiftiHeader qform = good.with(NiftiField.SFORM_CODE, 0);
    assertMessage(qform.with(NiftiField.QUATERN, Double.NaN, 0, 0), "qform quaternion");
    assertMessage(qform.with(NiftiField.QOFFSET, 0, Double.POSITIVE_INFINITY, 0), "qform offset");
  }

  private static void assertMessage(final NiftiHeader header, final String part) {
    final String message =
        assertThrows(InvalidInputException.class, () -> NiftiGeometry.of(header, "bad.nii"))
            .getMessage();
    assertTrue(message.startsWith("bad.nii has the " + part + " ["), message);
  }

  @Test
  void sliceNeedsNoThirdSpacing() {
    final NiftiHeader slice =
        NiftiHeader.empty().with(NiftiField.DIM, 2, 4, 5).with(NiftiField.PIXDIM, 1, -2, 3);
    assertArrayEquals(
        new double[] {2, 3, 1}, NiftiGeometry.of(slice, "a").toWorld().columnNorms(), 0);
  }
}
