package org.anatomicalpriors.space;

import java.util.Arrays;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.progress.Progress;

/**
 * Brings label maps and images from one grid to another through an affine map. When the target's
 * voxels are larger than the source's, each target voxel collects as many sub-samples as it covers
 * source voxels, so nothing is aliased. All arrays are x fastest.
 */
public final class Resampler {

  /** In label index arrays: outside the field of view, label unknown. */
  public static final int OUTSIDE = 255;

  private Resampler() {}

  /** The map from voxels of {@code target} to voxels of {@code source}. */
  public static Affine targetVoxelToSourceVoxel(
      final Grid source, final Affine sourceWorldToTargetWorld, final Grid target) {
    return sourceWorldToTargetWorld.after(source.toWorld()).inverse().after(target.toWorld());
  }

  /**
   * Resamples label indices.
   *
   * @param sourceWorldToTargetWorld identity if both grids share one world
   * @see #labels(byte[], int[], Affine, int[], int, Progress)
   */
  public static byte[] labels(
      final byte[] source,
      final Grid sourceGrid,
      final Affine sourceWorldToTargetWorld,
      final Grid target,
      final int threads,
      final Progress progress) {
    return labels(
        source,
        sourceGrid.size(),
        targetVoxelToSourceVoxel(sourceGrid, sourceWorldToTargetWorld, target),
        target.size(),
        threads,
        progress);
  }

  /**
   * Resamples label indices: the most frequent one among nearest-neighbour sub-samples (of equally
   * frequent ones the one that is more frequent around), {@link #OUTSIDE} where more than half of
   * them are outside the source or are {@link #OUTSIDE} themselves.
   *
   * @param source label index per voxel, unsigned
   */
  public static byte[] labels(
      final byte[] source,
      final int[] sourceSize,
      final Affine targetVoxelToSourceVoxel,
      final int[] targetSize,
      final int threads,
      final Progress progress) {
    check(source.length, sourceSize);
    final Affine m = targetVoxelToSourceVoxel;
    final SubSamples samples = new SubSamples(m, targetSize);
    final byte[] target = new byte[voxels(targetSize)];
    Parallel.forEach(
        targetSize[2],
        threads,
        progress,
        z -> {
          final LabelVote vote = new LabelVote(source, sourceSize, samples);
          final int[] seen = new int[samples.count];
          int i = z * targetSize[0] * targetSize[1];
          for (int y = 0; y < targetSize[1]; y++)
            for (int x = 0; x < targetSize[0]; x++) {
              final double px = m.get(0, 0) * x + m.get(0, 1) * y + m.get(0, 2) * z + m.get(0, 3);
              final double py = m.get(1, 0) * x + m.get(1, 1) * y + m.get(1, 2) * z + m.get(1, 3);
              final double pz = m.get(2, 0) * x + m.get(2, 1) * y + m.get(2, 2) * z + m.get(2, 3);
              boolean same = true;
              for (int s = 0; s < samples.count; s++) {
                final double[] o = samples.offsets;
                seen[s] =
                    nearest(
                        source, sourceSize, px + o[3 * s], py + o[3 * s + 1], pz + o[3 * s + 2]);
                same &= seen[s] == seen[0];
              }
              target[i++] = (byte) (same ? seen[0] : vote.winner(seen, px, py, pz));
            }
        });
    return target;
  }

  /**
   * Resamples an image.
   *
   * @param sourceWorldToTargetWorld identity if both share one world
   * @see #image(float[], int[], Affine, int[], int, Progress)
   */
  public static float[] image(
      final SpatialImage<? extends RealType<?>> source,
      final Affine sourceWorldToTargetWorld,
      final Grid target,
      final int threads,
      final Progress progress) {
    return image(
        VoxelRows.toFloats(source.voxels()),
        source.grid().size(),
        targetVoxelToSourceVoxel(source.grid(), sourceWorldToTargetWorld, target),
        target.size(),
        threads,
        progress);
  }

  /**
   * Resamples an image: the mean of trilinearly interpolated sub-samples, NaN where more than half
   * of them are outside. Source voxels that are NaN or infinite count as outside; the field of view
   * ends at the outer faces of the border voxels.
   */
  public static float[] image(
      final float[] source,
      final int[] sourceSize,
      final Affine targetVoxelToSourceVoxel,
      final int[] targetSize,
      final int threads,
      final Progress progress) {
    check(source.length, sourceSize);
    final Affine m = targetVoxelToSourceVoxel;
    final SubSamples samples = new SubSamples(m, targetSize);
    final float[] target = new float[voxels(targetSize)];
    Parallel.forEach(
        targetSize[2],
        threads,
        progress,
        z -> {
          final Trilinear trilinear = new Trilinear(source, sourceSize);
          int i = z * targetSize[0] * targetSize[1];
          for (int y = 0; y < targetSize[1]; y++)
            for (int x = 0; x < targetSize[0]; x++) {
              final double px = m.get(0, 0) * x + m.get(0, 1) * y + m.get(0, 2) * z + m.get(0, 3);
              final double py = m.get(1, 0) * x + m.get(1, 1) * y + m.get(1, 2) * z + m.get(1, 3);
              final double pz = m.get(2, 0) * x + m.get(2, 1) * y + m.get(2, 2) * z + m.get(2, 3);
              double sum = 0;
              int inside = 0;
              for (int s = 0; s < samples.count; s++) {
                final double[] o = samples.offsets;
                final double value =
                    trilinear.at(px + o[3 * s], py + o[3 * s + 1], pz + o[3 * s + 2]);
                if (value == value) {
                  sum += value;
                  inside++;
                }
              }
              target[i++] = 2 * inside >= samples.count ? (float) (sum / inside) : Float.NaN;
            }
        });
    return target;
  }

  private static int nearest(
      final byte[] source, final int[] size, final double x, final double y, final double z) {
    final int ix = (int) Math.floor(x + 0.5);
    final int iy = (int) Math.floor(y + 0.5);
    final int iz = (int) Math.floor(z + 0.5);
    if (ix < 0 || iy < 0 || iz < 0 || ix >= size[0] || iy >= size[1] || iz >= size[2])
      return OUTSIDE;
    return source[(iz * size[1] + iy) * size[0] + ix] & 0xff;
  }

  private static void check(final int length, final int[] size) {
    if (length != voxels(size))
      throw new IllegalArgumentException(length + " voxels for " + Arrays.toString(size));
  }

  private static int voxels(final int[] size) {
    return Math.multiplyExact(Math.multiplyExact(size[0], size[1]), size[2]);
  }
}
