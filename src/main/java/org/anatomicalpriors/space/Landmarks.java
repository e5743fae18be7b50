package org.anatomicalpriors.space;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The points of a map by which it is aligned: see {@link LandmarkReference}. */
final class Landmarks {

  /** Centroids are in one plane if they spread less than this, relative to their second axis. */
  private static final double THIN = 0.25;

  /** ... and the labels themselves are this much wider than the centroids' spread across it. */
  private static final double WIDE = 2;

  /** ... and its normal is this close (cosine) to the left-right axis of the header. */
  private static final double SIDEWAYS = 0.8;

  private Landmarks() {}

  static SortedMap<Integer, double[]> of(final LabelCentroids map, final boolean twoSided) {
    final SortedMap<Integer, double[]> landmarks = new TreeMap<>();
    if (!twoSided || map.ids().size() < 4) {
      for (final int id : map.ids()) landmarks.put(id, map.centroid(id));
      return landmarks;
    }
    final double[] right = thinAxis(map).vectors[0].clone();
    if (right[0] < 0) for (int d = 0; d < 3; d++) right[d] = -right[d];
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
    final SymmetricEigen axes = thinAxis(map);
    final double thin = Math.sqrt(Math.max(0, axes.values[0]));
    if (thin > THIN * Math.sqrt(axes.values[1])) return false;
    final double[] normal = axes.vectors[0];
    final double[] widths = map.ids().stream().mapToDouble(i -> map.extent(i, normal)).toArray();
    final double width = median(widths);
    return Math.abs(normal[0]) > SIDEWAYS && width > 0 && width > WIDE * thin;
  }

  private static SymmetricEigen thinAxis(final LabelCentroids map) {
    return AffineFit.principalAxes(map.ids().stream().map(map::centroid).toArray(double[][]::new));
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
