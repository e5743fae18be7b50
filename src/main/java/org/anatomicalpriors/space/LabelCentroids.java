package org.anatomicalpriors.space;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import net.imglib2.type.numeric.RealType;
import org.anatomicalpriors.progress.Progress;

/**
 * Where each label of a map lies: voxel count, centroid and covariance per id, in world
 * coordinates. Keyed by the ids of the file, so that left and right stay apart even where a label
 * set merges them. Immutable.
 */
public final class LabelCentroids {

  /** Count, sums of x, y, z and of xx, xy, xz, yy, yz, zz of one label's voxels. */
  private static final class Sums {
    private final double[] s = new double[10];

    void addRun(final int x0, final int x1, final double y, final double z) {
      final double n = x1 - x0;
      final double x = 0.5 * n * (x0 + x1 - 1);
      // Sum of k^2 for k < m is (m - 1) m (2 m - 1) / 6.
      final double xx = ((x1 - 1.0) * x1 * (2.0 * x1 - 1) - (x0 - 1.0) * x0 * (2.0 * x0 - 1)) / 6;
      s[0] += n;
      s[1] += x;
      s[2] += n * y;
      s[3] += n * z;
      s[4] += xx;
      s[5] += x * y;
      s[6] += x * z;
      s[7] += n * y * y;
      s[8] += n * y * z;
      s[9] += n * z * z;
    }
  }

  private static final class Blob {
    private double count;
    private double[] centroid;
    private double[][] covariance;
  }

  private final SortedMap<Integer, Blob> blobs;

  private LabelCentroids(final SortedMap<Integer, Blob> blobs) {
    this.blobs = blobs;
  }

  /**
   * Measures a label map in one pass.
   *
   * @param wanted ids to measure; 0 is never measured
   * @throws org.anatomicalpriors.InvalidInputException if a value is not a label
   */
  public static LabelCentroids of(
      final SpatialImage<? extends RealType<?>> map,
      final IntPredicate wanted,
      final Progress progress) {
    final Map<Integer, Sums> sums = new TreeMap<>();
    LabelRuns.visit(
        map,
        progress,
        (id, x0, x1, y, z) -> {
          if (id != 0 && wanted.test(id))
            sums.computeIfAbsent(id, i -> new Sums()).addRun(x0, x1, y, z);
        });
    final SortedMap<Integer, Blob> blobs = new TreeMap<>();
    sums.forEach((id, s) -> blobs.put(id, toWorld(s.s, map.grid().toWorld())));
    return new LabelCentroids(blobs);
  }

  /** Known centroids (world coordinates), each of one voxel without extent. */
  public static LabelCentroids of(final Map<Integer, double[]> centroids) {
    final SortedMap<Integer, Blob> blobs = new TreeMap<>();
    centroids.forEach(
        (id, c) -> {
          final Blob blob = new Blob();
          blob.count = 1;
          blob.centroid = Arrays.copyOf(c, 3);
          blob.covariance = new double[3][3];
          blobs.put(id, blob);
        });
    return new LabelCentroids(blobs);
  }

  private static Blob toWorld(final double[] s, final Affine toWorld) {
    final double[] mean = {s[1] / s[0], s[2] / s[0], s[3] / s[0]};
    final double[] second = {s[4], s[5], s[6], s[7], s[8], s[9]};
    final double[][] voxels = new double[3][3];
    for (int i = 0, k = 0; i < 3; i++)
      for (int j = i; j < 3; j++, k++)
        voxels[i][j] = voxels[j][i] = second[k] / s[0] - mean[i] * mean[j];
    final Blob blob = new Blob();
    blob.count = s[0];
    blob.centroid = toWorld.apply(mean);
    blob.covariance = new double[3][3];
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 3; j++)
        for (int a = 0; a < 3; a++)
          for (int b = 0; b < 3; b++)
            blob.covariance[i][j] += toWorld.get(i, a) * voxels[a][b] * toWorld.get(j, b);
    return blob;
  }

  /** The ids that occur, ascending. */
  public Set<Integer> ids() {
    return Collections.unmodifiableSet(blobs.keySet());
  }

  /** Centroid of a label that occurs, in world coordinates. */
  public double[] centroid(final int id) {
    return blobs.get(id).centroid.clone();
  }

  /** Voxels of a label that occurs. */
  public long count(final int id) {
    return (long) blobs.get(id).count;
  }

  /** Standard deviation of a label's voxels along a unit vector, in world units. */
  public double extent(final int id, final double[] direction) {
    final double[][] c = blobs.get(id).covariance;
    double variance = 0;
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 3; j++) variance += direction[i] * c[i][j] * direction[j];
    return Math.sqrt(Math.max(0, variance));
  }

  /** Mean over the labels of their voxels' covariances, each about its own centroid. */
  double[][] meanCovariance() {
    final double[][] mean = new double[3][3];
    for (final Blob b : blobs.values())
      for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) mean[i][j] += b.covariance[i][j] / blobs.size();
    return mean;
  }

  /** Root mean square distance of all labelled voxels from their common centre, in world units. */
  public double foregroundRadius() {
    final double[] mean = foregroundCentre();
    double n = 0, sum = 0;
    for (final Blob b : blobs.values()) {
      n += b.count;
      for (int d = 0; d < 3; d++) {
        final double offset = b.centroid[d] - mean[d];
        sum += b.count * (b.covariance[d][d] + offset * offset);
      }
    }
    return n > 0 ? Math.sqrt(sum / n) : 0;
  }

  /** Mean place of all labelled voxels, in world coordinates. */
  public double[] foregroundCentre() {
    final double[] mean = new double[3];
    double n = 0;
    for (final Blob b : blobs.values()) {
      n += b.count;
      for (int d = 0; d < 3; d++) mean[d] += b.count * b.centroid[d];
    }
    for (int d = 0; d < 3; d++) mean[d] /= Math.max(n, 1);
    return mean;
  }
}
