package org.anatomicalpriors.space;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The points of a map by which it is aligned: see {@link LandmarkReference}. */
final class Landmarks {

  /** Labels are this much wider than their centroids spread if left and right are one label. */
  private static final double WIDE = 3;

  /** ... and their widest direction is this close (cosine) to the left-right axis of the header. */
  private static final double SIDEWAYS = 0.8;

  private Landmarks() {}

  static SortedMap<Integer, double[]> of(final LabelCentroids map, final boolean twoSided) {
    final SortedMap<Integer, double[]> landmarks = new TreeMap<>();
    if (!twoSided || map.ids().size() < 4) {
      for (final int id : map.ids()) landmarks.put(id, map.centroid(id));
      return landmarks;
    }
    final double[] right = leftToRight(map);
    for (final int id : map.ids()) {
      final double extent = map.extent(id, right);
      for (final int side : new int[] {1, -1}) {
        final double[] p = map.centroid(id);
        for (int d = 0; d < 3; d++) p[d] += side * extent * right[d];
        landmarks.put(side * id, p);
      }
    }
    return landmarks;
  }

  /** True if most maps merge left and right: wide labels with all centroids in one plane. */
  static boolean areTwoSided(final List<LabelCentroids> maps) {
    return 2 * maps.stream().filter(Landmarks::isTwoSided).count() > maps.size();
  }

  private static boolean isTwoSided(final LabelCentroids map) {
    if (map.ids().size() < 4) return false;
    final double[] right = leftToRight(map);
    final double[] across =
        map.ids().stream()
            .mapToDouble(
                i -> {
                  final double[] c = map.centroid(i);
                  return right[0] * c[0] + right[1] * c[1] + right[2] * c[2];
                })
            .toArray();
    final double mean = Arrays.stream(across).average().orElse(0);
    final double variance =
        Arrays.stream(across).map(a -> (a - mean) * (a - mean)).average().orElse(0);
    final double width =
        median(map.ids().stream().mapToDouble(i -> map.extent(i, right)).toArray());
    return right[0] > SIDEWAYS && width > 0 && width > WIDE * Math.sqrt(variance);
  }

  /**
   * The direction in which labels are widest and their centroids nevertheless together: the
   * principal axis of the covariance within labels minus that of the centroids.
   */
  private static double[] leftToRight(final LabelCentroids map) {
    final double[][] m = map.meanCovariance();
    final SymmetricEigen centroids =
        AffineFit.principalAxes(map.ids().stream().map(map::centroid).toArray(double[][]::new));
    for (int e = 0; e < 3; e++)
      for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
          m[i][j] -= centroids.values[e] * centroids.vectors[e][i] * centroids.vectors[e][j];
    final double[] right = new SymmetricEigen(m).vectors[2];
    if (right[0] < 0) for (int d = 0; d < 3; d++) right[d] = -right[d];
    return right;
  }

  static double distance(final double[] a, final double[] b) {
    return Math.hypot(Math.hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]);
  }

  /** The median; sorts the array. */
  static double median(final double[] values) {
    Arrays.sort(values);
    final int n = values.length;
    return n == 0 ? 0 : 0.5 * (values[(n - 1) / 2] + values[n / 2]);
  }
}
