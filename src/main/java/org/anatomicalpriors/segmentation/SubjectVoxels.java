package org.anatomicalpriors.segmentation;

import java.util.List;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.model.ImageVector;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.Resampler;
import org.anatomicalpriors.space.SpatialImage;
import org.anatomicalpriors.space.VoxelRows;

/**
 * The voxels of an image's channels and the scales on which they are modelled. What lies outside of
 * a mask is made alike, darker than what is inside; a few voxels far brighter or darker than all
 * others are limited.
 */
final class SubjectVoxels {

  private final Grid grid;
  private final float[][] channels;
  private final IntensityScale[] scales;

  /**
   * @throws InvalidInputException if a channel has no contrast
   */
  SubjectVoxels(final Subject subject) {
    final List<SpatialImage<? extends RealType<?>>> images = subject.channels();
    grid = subject.image().grid();
    channels = new float[images.size()][];
    scales = new IntensityScale[channels.length];
    for (int c = 0; c < channels.length; c++) {
      final String name = images.get(c).name();
      channels[c] = VoxelRows.toFloats(images.get(c).voxels());
      scales[c] =
          subject.mask() == null
              ? IntensityScale.of(channels[c], name)
              : subject.mask().darkenOutside(channels[c], name);
      // One hot voxel would shift the mean of a whole structure, and widen it beyond use.
      scales[c].limit(channels[c]);
    }
  }

  Grid grid() {
    return grid;
  }

  /** The scale of every channel. */
  IntensityScale[] scales() {
    return scales.clone();
  }

  /** All voxels. */
  ImageVector vector() {
    return vector(channels);
  }

  /** The voxels of another grid, not a number where it lies beyond this one. */
  ImageVector on(
      final Grid other, final Affine toCommon, final int threads, final Progress progress) {
    final float[][] resampled = new float[channels.length][];
    for (int c = 0; c < channels.length; c++)
      resampled[c] =
          Resampler.image(
              channels[c],
              grid.size(),
              Resampler.targetVoxelToSourceVoxel(grid, toCommon, other),
              other.size(),
              threads,
              progress);
    return vector(resampled);
  }

  /**
   * Every few voxels: single ones, not means, as means over the border of the anatomy look like
   * another tissue.
   *
   * @param step voxels along x, y, z from one that is taken to the next; the first is half of it in
   * @param size voxels to take along x, y, z
   */
  ImageVector every(final int[] step, final int[] size) {
    final float[][] taken = new float[channels.length][size[0] * size[1] * size[2]];
    int i = 0;
    for (int z = 0; z < size[2]; z++)
      for (int y = 0; y < size[1]; y++)
        for (int x = 0; x < size[0]; x++) {
          final int v =
              ((step[2] / 2 + z * step[2]) * grid.size(1) + step[1] / 2 + y * step[1])
                      * grid.size(0)
                  + step[0] / 2
                  + x * step[0];
          for (int c = 0; c < channels.length; c++) taken[c][i] = channels[c][v];
          i++;
        }
    return vector(taken);
  }

  private ImageVector vector(final float[][] raw) {
    final double[] offset = new double[scales.length], scale = new double[scales.length];
    for (int c = 0; c < scales.length; c++) {
      offset[c] = scales[c].offset();
      scale[c] = scales[c].scale();
    }
    return ImageVector.of(raw, offset, scale);
  }
}
