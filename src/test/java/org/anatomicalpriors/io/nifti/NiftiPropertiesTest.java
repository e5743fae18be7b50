package org.anatomicalpriors.io.nifti;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Geometries;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.Reorientation;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;
import org.anatomicalpriors.tensorflow.TemporaryFolder;

/** What holds of the geometry in every header. */
@Domain(Geometries.class)
@Domain(DomainContext.Global.class)
class NiftiPropertiesTest {

  private static final String SEED = "1";

  /** Within this angle of a half turn, in radians, nifti1.h takes a quaternion for one. */
  private static final double HALF_TURN = 2 * Math.sqrt(1e-7);

  private static NiftiHeader header(final Grid g) {
    return NiftiGeometry.encode(
        NiftiHeader.empty().with(NiftiField.DIM, 3, g.size(0), g.size(1), g.size(2)), g);
  }

  @Property(seed = SEED, tries = 500)
  void eitherFormAloneTellsTheWholeGeometry(
      @ForAll final Grid grid, @ForAll final Reorientation order) {
    final Grid g = order.of(grid);
    final NiftiHeader both = header(g);
    final NiftiGeometry sform =
        NiftiGeometry.of(both.with(NiftiField.QFORM_CODE, 0).with(NiftiField.PIXDIM), "a");
    assertEquals(NiftiGeometry.Source.SFORM, sform.source());
    assertTrue(sform.toWorld().isNear(g.toWorld(), 1e-12), g.describe());
    final NiftiGeometry qform =
        NiftiGeometry.of(both.with(NiftiField.SFORM_CODE, 0).with(NiftiField.SROW), "a");
    assertEquals(NiftiGeometry.Source.QFORM, qform.source());
    final double longest = Arrays.stream(g.spacing()).max().getAsDouble();
    assertTrue(
        qform.toWorld().isNear(g.toWorld(), HALF_TURN * longest),
        g.describe() + ", " + qform.toWorld());
    assertEquals(grid.unit(), sform.unit());
    assertEquals(grid.unit(), qform.unit());
  }

  /** Through a file, whose numbers have 32 bits in the first version and 64 in the second. */
  @Property(seed = SEED, tries = 100)
  void voxelsLieInTheWorldWhereTheyLayBeforeTheyWereWritten(
      @ForAll final Grid grid,
      @ForAll final Reorientation order,
      @ForAll @IntRange(min = 1, max = 2) final int version) {
    final float[] values = new float[grid.voxelCount()];
    for (int v = 0; v < values.length; v++) values[v] = v;
    final Grid g = order.of(grid);
    final SpatialImage<?> read;
    try (TemporaryFolder folder = new TemporaryFolder("image.nii")) {
      final Path file = folder.path().resolve("image.nii");
      new NiftiWriter()
          .version(version)
          .write(
              ArrayImgs.floats(order.of(values, grid), g.size(0), g.size(1), g.size(2)),
              g,
              NiftiHeader.empty(),
              file);
      read = NiftiReader.read(file, Progress.NONE).toSpatialImage();
    }
    assertEquals(grid.unit(), read.grid().unit());
    @SuppressWarnings("unchecked")
    final float[] found = VoxelRows.toFloats(((SpatialImage<FloatType>) read).voxels());
    for (int v = 0; v < found.length; v++)
      assertArrayEquals(
          grid.toWorld().apply(position((int) found[v], grid)),
          read.grid().toWorld().apply(position(v, read.grid())),
          version == 1 ? 1e-4 : 1e-9);
  }

  private static double[] position(final int v, final Grid g) {
    return new double[] {v % g.size(0), v / g.size(0) % g.size(1), v / g.size(0) / g.size(1)};
  }
}
