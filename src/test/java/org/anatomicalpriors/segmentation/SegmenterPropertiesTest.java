package org.anatomicalpriors.segmentation;

import static org.anatomicalpriors.segmentation.ToyStudy.IMAGES;
import static org.anatomicalpriors.segmentation.ToyStudy.image;
import static org.anatomicalpriors.segmentation.ToyStudy.segment;
import static org.anatomicalpriors.segmentation.ToyStudy.settings;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import net.imglib2.type.numeric.real.FloatType;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Geometries;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.Reorientation;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;

/** An image is segmented alike in the world, in whatever order its voxels are stored. */
@Domain(Geometries.class)
@Domain(DomainContext.Global.class)
class SegmenterPropertiesTest {

  private static final String SEED = "2";

  /** Sums in another order may tip a voxel between two labels that are as probable. */
  private static final double TIPPED = 0.001;

  /** By so much, in mm, a search that runs over other sums may end elsewhere. */
  private static final double PLACED = 0.05;

  /** Where its header puts it off its place, the image is aligned. */
  private static final Affine OFF = Affine.translation(4, -3, 5);

  private static final SpatialImage<FloatType> IMAGE = IMAGES.load(2);

  /**
   * Results of the image as it is, by whether it was aligned; every try has an object of its own.
   */
  private static final Map<Boolean, Segmentation> USUAL = new HashMap<>();

  @Property(seed = SEED, tries = 6)
  void whereTheHeaderIsRight(@ForAll final Reorientation order) {
    assertAlike(false, order);
  }

  @Property(seed = SEED, tries = 3)
  void whereTheImageIsAligned(@ForAll final Reorientation order) {
    assertAlike(true, order);
  }

  private static Segmentation segmented(final boolean align, final Reorientation order) {
    final Grid grid = IMAGE.grid();
    final Grid placed =
        align ? new Grid(grid.size(), OFF.after(grid.toWorld()), grid.unit()) : grid;
    return segment(
        settings().with(SegmentationSettings.ALIGN, align),
        image(order.of(VoxelRows.toFloats(IMAGE.voxels()), grid), order.of(placed)));
  }

  private static void assertAlike(final boolean align, final Reorientation order) {
    final Segmentation usual = USUAL.computeIfAbsent(align, a -> segmented(a, Reorientation.NONE));
    final Segmentation found = segmented(align, order);
    assertArrayEquals(order.of(IMAGE.grid()).size(), found.grid().size());
    assertTrue(found.toCommon().isNear(usual.toCommon(), PLACED), order + ": " + found.toCommon());
    final byte[] expected = order.of(usual.labels(), IMAGE.grid());
    int differ = 0;
    for (int v = 0; v < expected.length; v++) if (expected[v] != found.labels()[v]) differ++;
    assertTrue(differ <= TIPPED * expected.length, order + ": " + differ + " voxels differ");
  }
}
