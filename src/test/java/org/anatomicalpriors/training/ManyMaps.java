package org.anatomicalpriors.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import org.anatomicalpriors.io.Images;
import org.anatomicalpriors.labels.LabelMaps;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.synthetic.SyntheticAnatomy;

/**
 * Writes label maps of invented anatomies, many and large for the time that they take: each is
 * drawn with coarse voxels, which are then divided.
 */
public final class ManyMaps {

  private final SyntheticAnatomy anatomy;
  private final int parts;

  /**
   * @param spacing of the voxels that are drawn, in mm
   * @param parts into which each is divided along every axis
   */
  ManyMaps(final double spacing, final int parts) {
    this.anatomy = SyntheticAnatomy.on(SyntheticAnatomy.centredGrid(spacing), 1);
    this.parts = parts;
  }

  /**
   * @param a folder to write to, number of maps
   */
  public static void main(final String[] a) throws IOException {
    final Path folder = Files.createDirectories(Path.of(a[0]));
    new ManyMaps(4, 2).write(Integer.parseInt(a[1]), folder);
  }

  /** Writes those that are not there yet. */
  void write(final int count, final Path folder) throws IOException {
    for (int i = 0; i < count; i++) {
      final Path file = file(folder, i);
      if (!Files.exists(file)) Images.save(map(i), file);
    }
  }

  static Path file(final Path folder, final int number) {
    return folder.resolve(String.format("map_%05d.nii.gz", number));
  }

  private SpatialImage<UnsignedByteType> map(final int number) {
    final byte[] coarse =
        LabelMaps.toIndices(anatomy.subject(number).labels(), anatomy.labelSet(), Progress.NONE);
    final Grid drawn = anatomy.grid();
    final int[] size = drawn.size();
    for (int d = 0; d < 3; d++) size[d] *= parts;
    final byte[] fine = new byte[size[0] * size[1] * size[2]];
    for (int v = 0; v < fine.length; v++) {
      final int x = v % size[0] / parts, y = v / size[0] % size[1] / parts;
      final int z = v / size[0] / size[1] / parts;
      fine[v] = coarse[(z * drawn.size(1) + y) * drawn.size(0) + x];
    }
    final double[] spacing = drawn.spacing();
    for (int d = 0; d < 3; d++) spacing[d] /= parts;
    return new SpatialImage<>(
        ArrayImgs.unsignedBytes(fine, size[0], size[1], size[2]),
        Grid.centred(size, spacing, new double[3], "mm"),
        "map " + number);
  }
}
