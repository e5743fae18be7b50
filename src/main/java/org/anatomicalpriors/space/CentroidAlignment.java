package org.anatomicalpriors.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.anatomicalpriors.InvalidInputException;
import org.anatomicalpriors.progress.Progress;

/**
 * Brings label maps to one common space by the centroids of their labels. Each map gets the affine
 * that fits its landmarks to a reference by robust least squares; the reference is the median of
 * the aligned landmarks, iterated to convergence. The common space has the maps' mean size and mean
 * orientation, its origin amid the landmarks, and, where structures come in pairs, the midsagittal
 * plane at x = 0 with the reference mirror-symmetric about it.
 *
 * <pre>{@code
 * List<LabelCentroids> centroids = ...; // LabelMaps.centroids(map, set, progress) per map
 * CentroidAlignment common = CentroidAlignment.of(centroids, names, pairs, threads, progress);
 * Affine first = common.fits().get(0).toCommon();
 * }</pre>
 */
public final class CentroidAlignment {

  private static final String STAGE = "Aligning label maps";
  private static final int MAX_ITERATIONS = 60;
  private static final double CONVERGED = 1e-6;

  /** Pairs are looked for once the maps have met, and then kept, so that all can converge. */
  private static final int FIRST_PAIRING = 4;

  private static final int LAST_PAIRING = 7;

  /** Even a landmark that varies much keeps this weight. */
  private static final double MIN_WEIGHT = 0.05;

  /** Of more maps than this only some are told, and named in messages. */
  private static final int MOST_TOLD = 50;

  private static final int WORST_TOLD = 10;

  private final List<LabelCentroids> maps;
  private final List<String> names;
  private final List<int[]> candidates;
  private final boolean twoSided;
  private final double radius;
  private final int threads;

  private LandmarkReference reference;
  private List<LandmarkFit> fits = new ArrayList<>();
  private MirrorPlane mirror;

  private CentroidAlignment(
      final List<LabelCentroids> maps,
      final List<String> names,
      final List<int[]> pairs,
      final int threads) {
    this.maps = maps;
    this.threads = threads;
    this.names = names;
    this.twoSided = Landmarks.areTwoSided(maps);
    this.radius = meanRadius(maps);
    this.candidates = new ArrayList<>(twoSided ? Collections.emptyList() : pairs);
    if (twoSided)
      maps.stream()
          .flatMap(m -> m.ids().stream())
          .distinct()
          .forEach(id -> candidates.add(new int[] {id, -id}));
  }

  /**
   * Aligns maps to each other.
   *
   * @param maps landmarks of each map, keyed by source id
   * @param names what messages call the maps
   * @param pairs source ids that may be left and right of one structure; empty if none are known
   * @param threads that fit maps at once
   * @throws InvalidInputException if a map shares no label with the others
   */
  public static CentroidAlignment of(
      final List<LabelCentroids> maps,
      final List<String> names,
      final List<int[]> pairs,
      final int threads,
      final Progress progress) {
    if (maps.isEmpty() || maps.size() != names.size())
      throw new IllegalArgumentException(maps.size() + " maps, " + names.size() + " names");
    final CentroidAlignment alignment = new CentroidAlignment(maps, names, pairs, threads);
    alignment.iterate(progress);
    alignment.tell(progress);
    return alignment;
  }

  /** How each map came to the others, or, of many, those that lie worst. */
  private void tell(final Progress progress) {
    final List<Integer> order = new ArrayList<>();
    for (int m = 0; m < maps.size(); m++) order.add(m);
    if (maps.size() > MOST_TOLD) {
      progress.log(
          String.format(
              Locale.ROOT,
              "%d label maps were aligned, with a median residual of %.3g; the %d that lie worst:",
              maps.size(),
              scatter(),
              WORST_TOLD));
      order.sort(Comparator.comparingDouble(m -> -fits.get(m).meanResidual()));
      order.subList(WORST_TOLD, order.size()).clear();
    }
    for (final int m : order) progress.log(names.get(m) + ": " + fits.get(m) + ".");
  }

  /** For each map, in the order given, how it comes to the common space. */
  public List<LandmarkFit> fits() {
    return Collections.unmodifiableList(fits);
  }

  /** The common space's landmarks, to which further maps can be aligned. */
  public LandmarkReference reference() {
    return reference;
  }

  /** True if the landmarks are mirror-symmetric about x = 0, so that flips make valid anatomies. */
  public boolean isSymmetric() {
    return mirror.isSymmetric();
  }

  /** Source ids of landmarks that are each other's mirror image (or their own). */
  public SortedMap<Integer, Integer> partners() {
    return Collections.unmodifiableSortedMap(mirror.partners());
  }

  private void iterate(final Progress progress) {
    final List<SortedMap<Integer, double[]>> landmarks = new ArrayList<>();
    for (final LabelCentroids map : maps) landmarks.add(Landmarks.of(map, twoSided));
    final SortedMap<Integer, double[]> start = start(landmarks);
    reference = new LandmarkReference(start, Map.of(), twoSided, 0, radius);
    for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
      progress.update(STAGE, iteration, MAX_ITERATIONS, "");
      fitAll(progress);
      final SortedMap<Integer, double[]> next = normalise(medians(landmarks), iteration);
      final double change = change(next);
      reference =
          new LandmarkReference(next, weights(landmarks, next), twoSided, scatter(), radius);
      if (iteration > LAST_PAIRING && change < CONVERGED * radius(next)) break;
    }
    fitAll(progress);
    progress.update(STAGE, MAX_ITERATIONS, MAX_ITERATIONS, "");
  }

  private void fitAll(final Progress progress) {
    final LandmarkFit[] all = new LandmarkFit[maps.size()];
    Parallel.forEach(
        all.length, threads, progress, m -> all[m] = reference.fit(maps.get(m), names.get(m)));
    fits = Arrays.asList(all);
  }

  /** The landmarks of the map that has most of those that at least half of the maps have. */
  private SortedMap<Integer, double[]> start(final List<SortedMap<Integer, double[]>> landmarks) {
    final Map<Integer, Integer> counts = new HashMap<>();
    for (final SortedMap<Integer, double[]> map : landmarks)
      map.keySet().forEach(id -> counts.merge(id, 1, Integer::sum));
    final Set<Integer> shared = counts.keySet();
    shared.removeIf(id -> 2 * counts.get(id) < maps.size());
    SortedMap<Integer, double[]> best = null;
    long most = -1;
    for (final SortedMap<Integer, double[]> map : landmarks) {
      final long common = map.keySet().stream().filter(shared::contains).count();
      if (common > most) {
        most = common;
        best = map;
      }
    }
    final SortedMap<Integer, double[]> start = new TreeMap<>(best);
    start.keySet().retainAll(shared);
    if (start.isEmpty())
      throw new InvalidInputException(
          "The label maps ("
              + String.join(", ", names.subList(0, Math.min(MOST_TOLD, names.size())))
              + (names.size() > MOST_TOLD ? ", ..." : "")
              + ") share no label; all maps must use the same ids.");
    return start;
  }

  /** Coordinate-wise median over the maps of each common landmark, aligned. */
  private SortedMap<Integer, double[]> medians(final List<SortedMap<Integer, double[]>> landmarks) {
    final Map<Integer, List<double[]>> aligned = new TreeMap<>();
    for (int m = 0; m < maps.size(); m++) {
      final Affine toCommon = fits.get(m).toCommon();
      landmarks
          .get(m)
          .forEach(
              (id, p) ->
                  aligned.computeIfAbsent(id, i -> new ArrayList<>()).add(toCommon.apply(p)));
    }
    final SortedMap<Integer, double[]> medians = new TreeMap<>();
    aligned.forEach(
        (id, points) -> {
          if (2 * points.size() < maps.size()) return;
          final double[] median = new double[3];
          for (int d = 0; d < 3; d++) {
            final int axis = d;
            median[d] = Landmarks.median(points.stream().mapToDouble(p -> p[axis]).toArray());
          }
          medians.put(id, median);
        });
    return medians;
  }

  /** Mean size and orientation of the maps, centred, midsagittal plane to x = 0. */
  private SortedMap<Integer, double[]> normalise(
      final SortedMap<Integer, double[]> points, final int iteration) {
    final List<Affine> affines = new ArrayList<>();
    for (final LandmarkFit fit : fits) affines.add(fit.toCommon());
    SortedMap<Integer, double[]> result = map(points, Linear.towardsMean(affines));
    final double[] mean = new double[3];
    for (final double[] p : result.values())
      for (int d = 0; d < 3; d++) mean[d] += p[d] / result.size();
    result = map(result, Affine.translation(-mean[0], -mean[1], -mean[2]));
    if (iteration < FIRST_PAIRING) return result;
    // Looked for before the mean shear is put back, which would hide pairs far from the centre.
    if (iteration <= LAST_PAIRING) mirror = MirrorPlane.find(points, candidates);
    if (!mirror.hasPairs()) return result;
    return mirror.symmetrise(map(result, mirror.toMiddle(result)));
  }

  private static SortedMap<Integer, double[]> map(
      final SortedMap<Integer, double[]> points, final Affine affine) {
    final SortedMap<Integer, double[]> result = new TreeMap<>();
    points.forEach((id, p) -> result.put(id, affine.apply(p)));
    return result;
  }

  /** Weight of a landmark: min(1, (s / s_l)^2), s_l its median residual, s the median of those. */
  private Map<Integer, Double> weights(
      final List<SortedMap<Integer, double[]>> landmarks, final SortedMap<Integer, double[]> next) {
    final Map<Integer, Double> scatter = new TreeMap<>();
    for (final int id : next.keySet()) {
      final List<Double> r = new ArrayList<>();
      for (int m = 0; m < maps.size(); m++) {
        final double[] p = landmarks.get(m).get(id);
        final double[] target = reference.positions().get(id);
        if (p != null && target != null)
          r.add(Landmarks.distance(fits.get(m).toCommon().apply(p), target));
      }
      if (!r.isEmpty()) scatter.put(id, Landmarks.median(r.stream().mapToDouble(v -> v).toArray()));
    }
    final double typical =
        Landmarks.median(scatter.values().stream().mapToDouble(v -> v).toArray());
    final Map<Integer, Double> weights = new HashMap<>();
    // With two maps or fewer the residuals do not tell which landmark varies.
    if (maps.size() > 2 && typical > CONVERGED * radius(next))
      scatter.forEach(
          (id, s) ->
              weights.put(
                  id,
                  Math.max(MIN_WEIGHT, Math.min(1, Math.pow(typical / Math.max(s, typical), 2)))));
    return weights;
  }

  private double scatter() {
    return Landmarks.median(fits.stream().mapToDouble(LandmarkFit::medianResidual).toArray());
  }

  private double change(final SortedMap<Integer, double[]> next) {
    double change = 0;
    for (final Map.Entry<Integer, double[]> e : next.entrySet()) {
      final double[] before = reference.positions().get(e.getKey());
      change =
          before == null
              ? Double.POSITIVE_INFINITY
              : Math.max(change, Landmarks.distance(before, e.getValue()));
    }
    return change;
  }

  private static double radius(final Map<Integer, double[]> points) {
    return points.values().stream()
        .mapToDouble(p -> Landmarks.distance(p, new double[3]))
        .average()
        .orElse(0);
  }

  private static double meanRadius(final List<LabelCentroids> maps) {
    double logs = 0;
    for (final LabelCentroids map : maps) logs += Math.log(map.foregroundRadius()) / maps.size();
    return Math.exp(logs);
  }
}
