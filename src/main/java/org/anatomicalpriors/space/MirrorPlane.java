package org.anatomicalpriors.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The left-right symmetry of landmarks: which of them are pairs, which lie in the middle, and the
 * plane that mirrors them. Found by consensus: each candidate pair proposes its bisecting plane,
 * and the plane that explains most landmarks wins.
 */
final class MirrorPlane {

  /** Mirror errors up to this part of the landmarks' root mean square radius are anatomy. */
  private static final double TOLERANCE = 0.12;

  /** The header's x axis and the true left-right axis differ by less than 45 degrees. */
  private static final double MIN_COSINE = Math.sqrt(0.5);

  private final SortedMap<Integer, Integer> partners;
  private final int total;

  private MirrorPlane(final SortedMap<Integer, Integer> partners, final int total) {
    this.partners = partners;
    this.total = total;
  }

  /**
   * Finds pairs and middle landmarks.
   *
   * @param points landmarks; the left-right axis is near x
   * @param candidates pairs of ids that may mirror each other
   */
  static MirrorPlane find(final Map<Integer, double[]> points, final List<int[]> candidates) {
    final double tolerance = TOLERANCE * radius(points);
    final List<int[]> pairs = new ArrayList<>();
    for (final int[] c : candidates)
      if (points.containsKey(c[0]) && points.containsKey(c[1])) pairs.add(c);
    SortedMap<Integer, Integer> best = Collections.emptySortedMap();
    double bestScore = 0;
    for (final int[] pair : pairs) {
      final double[] plane = bisector(points.get(pair[0]), points.get(pair[1]));
      if (!(plane[0] >= MIN_COSINE)) continue;
      final SortedMap<Integer, Integer> partners = new TreeMap<>();
      final double score = explain(points, pairs, plane, tolerance, partners);
      if (score > bestScore) {
        bestScore = score;
        best = partners;
      }
    }
    return new MirrorPlane(best, points.size());
  }

  /**
   * For each landmark that takes part in the symmetry, its partner: itself if in the middle. Empty
   * if there is no symmetry.
   */
  SortedMap<Integer, Integer> partners() {
    return partners;
  }

  /** True if there are pairs, and pairs and middle ones are nearly all landmarks. */
  boolean isSymmetric() {
    return hasPairs() && partners.size() >= 0.8 * total;
  }

  boolean hasPairs() {
    return partners.entrySet().stream().anyMatch(e -> !e.getKey().equals(e.getValue()));
  }

  /** The rotation and translation that bring the plane of the pairs to x = 0. */
  Affine toMiddle(final Map<Integer, double[]> points) {
    // Normal: the direction that the pairs' connections share.
    final double[][] sum = new double[3][3];
    partners.forEach(
        (a, b) -> {
          for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
              sum[i][j] +=
                  (points.get(a)[i] - points.get(b)[i]) * (points.get(a)[j] - points.get(b)[j]);
        });
    final double[] normal = new SymmetricEigen(sum).vectors[2];
    if (normal[0] < 0) for (int d = 0; d < 3; d++) normal[d] = -normal[d];
    final Affine rotation = Linear.toXAxis(normal);
    final double[] middles =
        partners.entrySet().stream()
            .mapToDouble(
                e ->
                    0.5
                        * (rotation.apply(points.get(e.getKey()))[0]
                            + rotation.apply(points.get(e.getValue()))[0]))
            .toArray();
    return Affine.translation(-Landmarks.median(middles), 0, 0).after(rotation);
  }

  /** The landmarks with each pair made exact mirror images about x = 0, middle ones on it. */
  SortedMap<Integer, double[]> symmetrise(final Map<Integer, double[]> points) {
    final SortedMap<Integer, double[]> result = new TreeMap<>(points);
    partners.forEach(
        (a, b) -> {
          final double[] p = points.get(a), q = points.get(b);
          result.put(
              a, new double[] {0.5 * (p[0] - q[0]), 0.5 * (p[1] + q[1]), 0.5 * (p[2] + q[2])});
        });
    return result;
  }

  /** Normal (x component positive) and offset of the plane half-way between two points. */
  private static double[] bisector(final double[] p, final double[] q) {
    final double length = Landmarks.distance(p, q) * (p[0] >= q[0] ? 1 : -1);
    final double[] plane = new double[4];
    for (int d = 0; d < 3; d++) {
      plane[d] = (p[d] - q[d]) / length;
      plane[3] += plane[d] * 0.5 * (p[d] + q[d]);
    }
    return plane;
  }

  private static double explain(
      final Map<Integer, double[]> points,
      final List<int[]> pairs,
      final double[] plane,
      final double tolerance,
      final SortedMap<Integer, Integer> partners) {
    final Map<Integer, double[]> mirrored = new HashMap<>();
    points.forEach((id, p) -> mirrored.put(id, mirror(p, plane)));
    final List<double[]> errors = new ArrayList<>(); // error, a, b
    for (final int[] pair : pairs) {
      final double error = Landmarks.distance(mirrored.get(pair[0]), points.get(pair[1]));
      if (error < tolerance) errors.add(new double[] {error, pair[0], pair[1]});
    }
    errors.sort((e, f) -> Double.compare(e[0], f[0]));
    double score = 0;
    for (final double[] e : errors) {
      final int a = (int) e[1], b = (int) e[2];
      if (partners.containsKey(a) || partners.containsKey(b)) continue;
      partners.put(a, b);
      partners.put(b, a);
      score += 2 - e[0] / tolerance;
    }
    for (final int id : points.keySet()) {
      final double error = Landmarks.distance(mirrored.get(id), points.get(id));
      if (partners.containsKey(id) || error >= tolerance) continue;
      partners.put(id, id);
      score += 0.5 * (1 - error / tolerance);
    }
    return score;
  }

  private static double[] mirror(final double[] p, final double[] plane) {
    final double side = p[0] * plane[0] + p[1] * plane[1] + p[2] * plane[2] - plane[3];
    return new double[] {
      p[0] - 2 * side * plane[0], p[1] - 2 * side * plane[1], p[2] - 2 * side * plane[2]
    };
  }

  private static double radius(final Map<Integer, double[]> points) {
    final SymmetricEigen axes = AffineFit.principalAxes(points.values().toArray(new double[0][]));
    return Math.sqrt(Math.max(0, axes.values[0] + axes.values[1] + axes.values[2]));
  }
}
