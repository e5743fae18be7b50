package org.anatomicalpriors.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.real.FloatType;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.anatomicalpriors.fiji.FijiStudy;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Geometries;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.Reorientation;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;
import org.anatomicalpriors.tensorflow.TemporaryFolder;
import org.anatomicalpriors.training.ToyImages;

/** A file is segmented alike in the world, in whatever order it stores its voxels. */
@Domain(Geometries.class)
@Domain(DomainContext.Global.class)
class ReorientedFilesTest {

  private static final ToyImages IMAGES = new ToyImages(6, FijiStudy.DEPTH);

  /** Sums in another order may tip a voxel between two labels that are as probable. */
  private static final double TIPPED = 0.001;

  /** Label files by subject; every try has an object of its own. */
  private static final Map<Integer, float[]> USUAL = new HashMap<>();

  @Property(seed = "2", tries = 4)
  void labelFilesLieWhereTheImagesDo(
      @ForAll final Reorientation order, @ForAll @IntRange(max = 1) final int subject) {
    final Grid grid = IMAGES.load(subject).grid();
    final float[] usual =
        USUAL.computeIfAbsent(
            subject, s -> VoxelRows.toFloats(segmented(s, Reorientation.NONE).voxels()));
    final SpatialImage<FloatType> found = segmented(subject, order);
    assertTrue(found.grid().toWorld().isNear(order.of(grid).toWorld(), 1e-4), order.toString());
    final float[] expected = order.of(usual, grid), labels = VoxelRows.toFloats(found.voxels());
    int differ = 0;
    for (int v = 0; v < labels.length; v++) if (expected[v] != labels[v]) differ++;
    assertTrue(differ <= TIPPED * labels.length, order + ": " + differ + " voxels differ");
  }

  @SuppressWarnings("unchecked")
  private static SpatialImage<FloatType> segmented(final int subject, final Reorientation order) {
    final SpatialImage<FloatType> image = IMAGES.load(subject);
    final Grid stored = order.of(image.grid());
    try (TemporaryFolder folder = new TemporaryFolder()) {
      final Path file = folder.path().resolve("image.nii");
      Images.save(
          new SpatialImage<>(
              ArrayImgs.floats(
                  order.of(VoxelRows.toFloats(image.voxels()), image.grid()),
                  stored.size(0),
                  stored.size(1),
                  stored.size(2)),
              stored,
              "image"),
          file);
      final Path results = folder.path().resolve("results");
      final Shell shell =
          Shell.run(
              "segment", "--model", FijiStudy.prior(), "--no-align", "--output", results, file);
      assertEquals(0, shell.code, shell.err);
      return (SpatialImage<FloatType>)
          Images.open(results.resolve("image-labels.nii.gz"), Progress.NONE);
    }
  }
}
