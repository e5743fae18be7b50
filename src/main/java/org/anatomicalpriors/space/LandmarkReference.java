package org.anatomicalpriors.space;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.anatomicalpriors.InvalidInputException;

/**
 * The landmarks of the common space, to which maps are aligned. Usually a landmark is a label's
 * centroid, keyed by source id. Where left and right share their ids, all centroids lie in the
 * midsagittal plane and say nothing of the width; then each label gives two landmarks, one standard
 * deviation of its voxels to either side of its centroid, keyed {@code id} and {@code -id}.
 * Immutable.
 */
public final class LandmarkReference {

  /** Prior standard deviation of an affine map's elements about a similarity. */
  private static final double AFFINE_FREEDOM = 0.1;

  /** Huber threshold and standard deviation per coordinate, as multiples of the median residual. */
  private static final double HUBER = 2;

  private static final double SIGMA = 1 / 1.54;
  private static final int ITERATIONS = 40;

  /**
   * Spread of points along their second axis, relative to the first, below which they are a line.
   */
  private static final double LINE = 0.02;

  /** Landmarks on a line give an orientation if they spread this far, relative to the labels. */
  private static final double APART = 0.25;

  /** An affine map may stretch a direction by this factor more or less than the similarity. */
  private static final double MAX_STRETCH = 2;

  /** Landmarks of at least this weight can be named as the worst. */
  private static final double RELIABLE = 0.25;

  private final SortedMap<Integer, double[]> positions = new TreeMap<>();
  private final Map<Integer, Double> weights;
  private final boolean twoSided;
  private final double scatter;
  private final double radius;

  /**
   * @param positions landmarks, world coordinates of the common space
   * @param weights reliability per landmark, 0 to 1; 1 where missing
   * @param twoSided whether landmarks are the two sides of labels
   * @param scatter median residual of maps about this reference, in world units; 0 if not known
   * @param radius root mean square radius of the labelled voxels, in world units; 0 if not known
   */
  public LandmarkReference(
      final Map<Integer, double[]> positions,
      final Map<Integer, Double> weights,
      final boolean twoSided,
      final double scatter,
      final double radius) {
    positions.forEach((id, p) -> this.positions.put(id, p.clone()));
    this.weights = Map.copyOf(weights);
    this.twoSided = twoSided;
    this.scatter = scatter;
    this.radius = radius;
  }

  /** No landmarks: maps lie where they are. */
  public static LandmarkReference none() {
    return new LandmarkReference(Map.of(), Map.of(), false, 0, 0);
  }

  /** Landmarks by source id (negative: the left side of a label), common space. */
  public SortedMap<Integer, double[]> positions() {
    return Collections.unmodifiableSortedMap(positions);
  }

  public Map<Integer, Double> weights() {
    return weights;
  }

  public boolean isTwoSided() {
    return twoSided;
  }

  public double scatter() {
    return scatter;
  }

  public double radius() {
    return radius;
  }

  /**
   * Aligns one map by robust least squares (Huber weights). Too few landmarks for an affine map
   * give a similarity, then translation and scale, then a translation: {@link LandmarkFit#method}.
   *
   * @param name what error messages call the map
   * @throws InvalidInputException if no landmark is shared
   */
  public LandmarkFit fit(final LabelCentroids map, final String name) {
    final Map<Integer, double[]> landmarks = Landmarks.of(map, twoSided);
    landmarks.keySet().retainAll(positions.keySet());
    if (landmarks.isEmpty())
      throw new InvalidInputException(
          name
              + " shares no label with the other maps, which hold "
              + positions.keySet()
              + "; all maps must use the same ids.");
    final Problem p = new Problem(landmarks);
    final int rank = rank(p.from);
    final double mapRadius = map.foregroundRadius();
    // Two landmarks leave the rotation about their line open: then there is none.
    final boolean turns = rank >= 2 || rank >= 1 && spread(p.from) > APART * mapRadius;
    final Affine similarity = turns ? p.solve(LandmarkFit.Method.SIMILARITY) : null;
    if (p.ids.length >= 4 && rank >= 2) {
      final Affine affine = p.solve(LandmarkFit.Method.AFFINE);
      if (isPlausible(affine, similarity)) return p.describe(affine, LandmarkFit.Method.AFFINE);
    }
    if (turns) return p.describe(similarity, LandmarkFit.Method.SIMILARITY);
    if (radius > 0 && mapRadius > 0) {
      p.scale = radius / mapRadius;
      return p.describe(p.solve(LandmarkFit.Method.SCALE), LandmarkFit.Method.SCALE);
    }
    return p.describe(p.solve(LandmarkFit.Method.TRANSLATION), LandmarkFit.Method.TRANSLATION);
  }

  private static double spread(final double[][] points) {
    return Math.sqrt(AffineFit.principalAxes(points).values[2]);
  }

  private static int rank(final double[][] points) {
    final double[] v = AffineFit.principalAxes(points).values;
    if (!(v[2] > 0)) return 0;
    return v[1] > LINE * LINE * v[2] ? 2 : 1;
  }

  private static boolean isPlausible(final Affine affine, final Affine similarity) {
    final Affine m = similarity.inverse().after(affine);
    if (!(m.determinant() > 0)) return false;
    final double[] squares = new SymmetricEigen(Linear.timesTranspose(m)).values;
    return squares[0] > 1 / (MAX_STRETCH * MAX_STRETCH) && squares[2] < MAX_STRETCH * MAX_STRETCH;
  }

  /** The landmarks of one map beside those of the reference. */
  private final class Problem {
    private final int[] ids;
    private final double[][] from;
    private final double[][] to;
    private double scale = 1;

    Problem(final Map<Integer, double[]> landmarks) {
      ids = landmarks.keySet().stream().mapToInt(i -> i).toArray();
      from = new double[ids.length][];
      to = new double[ids.length][];
      for (int i = 0; i < ids.length; i++) {
        from[i] = landmarks.get(ids[i]);
        to[i] = positions.get(ids[i]);
      }
    }

    /** Iteratively reweighted least squares. */
    Affine solve(final LandmarkFit.Method method) {
      final double[] base = new double[ids.length];
      for (int i = 0; i < ids.length; i++) base[i] = weights.getOrDefault(ids[i], 1.0);
      // Rounding errors are no outliers.
      final double floor =
          1e-9 * Arrays.stream(to).mapToDouble(q -> Landmarks.distance(q, to[0])).max().orElse(0)
              + Double.MIN_NORMAL;
      double[] w = base.clone();
      Affine affine = null;
      double typical = scatter;
      for (int iteration = 0; iteration < ITERATIONS; iteration++) {
        final AffineFit fit = new AffineFit(from, to, w);
        final double sigma = SIGMA * typical / AFFINE_FREEDOM;
        if (method == LandmarkFit.Method.AFFINE) affine = fit.affine(sigma * sigma);
        else if (method == LandmarkFit.Method.SIMILARITY) affine = fit.similarity();
        else affine = fit.scaled(scale);
        final double[] r = residuals(affine);
        final double[] before = w;
        final double typicalBefore = typical;
        if (scatter == 0) typical = median(r);
        w = base.clone();
        final double threshold = Math.max(HUBER * typical, floor);
        for (int i = 0; i < w.length; i++)
          w[i] *= Math.min(1, threshold / Math.max(r[i], threshold));
        if (typical == typicalBefore && Arrays.equals(w, before)) break; // it would go on so
      }
      return affine;
    }

    double[] residuals(final Affine affine) {
      final double[] r = new double[ids.length];
      for (int i = 0; i < r.length; i++) r[i] = Landmarks.distance(affine.apply(from[i]), to[i]);
      return r;
    }

    LandmarkFit describe(final Affine affine, final LandmarkFit.Method method) {
      final double[] r = residuals(affine);
      double sum = 0, weightSum = 0;
      int worst = -1;
      for (int i = 0; i < r.length; i++) {
        final double weight = weights.getOrDefault(ids[i], 1.0);
        sum += weight * r[i];
        weightSum += weight;
        if (weight >= RELIABLE && (worst < 0 || r[i] > r[worst])) worst = i;
      }
      if (worst < 0) worst = 0;
      return new LandmarkFit(
          affine, method, r.length, sum / weightSum, median(r), r[worst], Math.abs(ids[worst]));
    }
  }

  private static double median(final double[] values) {
    return Landmarks.median(values.clone());
  }
}
