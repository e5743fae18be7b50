package org.anatomicalpriors.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.stream.Stream;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.Reorientation;
import org.anatomicalpriors.space.SpatialImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RasImageTest {

  /** To the right, to the front, to the top. */
  private static final Grid GRID =
      Grid.centred(new int[] {7, 6, 5}, new double[] {1, 1, 1}, new double[3], "mm");

  private static RasImage image(final byte[] voxels, final Grid grid) {
    return new RasImage(
        new SpatialImage<UnsignedByteType>(
            ArrayImgs.unsignedBytes(voxels, grid.size(0), grid.size(1), grid.size(2)),
            grid,
            "labels"));
  }

  private static int voxel(final int x, final int y, final int z) {
    return (z * 6 + y) * 7 + x;
  }

  static Stream<Reorientation> all() {
    return Reorientation.all().stream();
  }

  @ParameterizedTest
  @MethodSource("all")
  void foregroundDoesNotDependOnTheOrderOfTheVoxels(final Reorientation order) {
    final byte[] voxels = new byte[GRID.voxelCount()];
    voxels[voxel(1, 4, 2)] = 3;
    voxels[voxel(3, 3, 2)] = 1;
    voxels[voxel(5, 5, 1)] = (byte) 200;
    final Box box = image(order.of(voxels, GRID), order.of(GRID)).foreground();
    final int[] min = {1, 3, 1}, max = {5, 5, 2};
    for (int w = 0; w < 3; w++) {
      assertEquals(min[w], box.min(w));
      assertEquals(max[w], box.max(w));
    }
  }

  @Test
  void emptyMapsHaveNone() {
    assertNull(image(new byte[GRID.voxelCount()], GRID).foreground());
  }
}
