package org.anatomicalpriors.segmentation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.anatomicalpriors.model.GroupProbabilities;
import org.anatomicalpriors.model.ImageVector;
import org.anatomicalpriors.model.IntensityFit;
import org.anatomicalpriors.model.IntensityModel;
import org.anatomicalpriors.model.IntensityStart;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.settings.Settings;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.Parallel;

/**
 * Finds the affine map from an image's world to a prior's common space by maximising the likelihood
 * of the image under the voxel-wise atlas, coarse to fine, intensities being re-estimated in closed
 * form between searches. Starts are the image's header as it is, and the header with the image's
 * centre of mass moved to the atlas's. An image of which the atlas explains little wherever it is
 * put, such as a crop of something larger, is looked for anew near where it is expected (see {@link
 * HeaderTie}): there likelihood alone leads astray.
 */
final class ImageAlignment {

  /** Distances of the voxels looked at, as parts of the prior's cubic extent. */
  private static final double COARSEST = 1.0 / 15;

  private static final double COARSE = 1.0 / 22;

  private static final double FINE = 1.0 / 36;

  private static final int EM_ITERATIONS = 12;

  /**
   * Starts from which a search sets out: those that fit best, upright as the header says or not.
   */
  private static final int UPRIGHT = 4;

  private static final int TURNED = 2;

  /**
   * By so many nats a voxel an image has to fit better in another orientation than its header
   * tells: anatomies with symmetries fit in several.
   */
  private static final double CLEARLY_BETTER = 0.02;

  /**
   * An anatomy that explains fewer nats a voxel of the prior's grid does not tell its place: what
   * the model leaves out weighs as much. Brains of men and mice in MRI and of flies under the
   * microscope have 0.47 to 0.63, crops round a hippocampus 0.12 to 0.15.
   */
  private static final double TELLING = 0.25;

  private final float[] atlas;
  private final Grid prior;
  private final int[] labelGroups;
  private final int groups;
  private final Settings settings;
  private final int threads;
  private final Progress progress;
  private final double extent;
  private HeaderTie tie = HeaderTie.none();

  ImageAlignment(
      final float[] atlas,
      final Grid prior,
      final int[] labelGroups,
      final int groups,
      final Settings settings,
      final int threads,
      final Progress progress) {
    this.atlas = atlas;
    this.prior = prior;
    this.labelGroups = labelGroups;
    this.groups = groups;
    this.settings = settings;
    this.threads = threads;
    this.progress = progress;
    extent = prior.extent();
  }

  /** The map from the image's world to the common space. */
  Affine find(final SubjectVoxels voxels, final String name) {
    final float[] rows = groupRows();
    final ProbabilityField field = new ProbabilityField(rows, groups, prior.size());
    final AlignmentScore coarse = score(voxels, field, COARSE * extent);
    final AlignmentScore coarsest = prior.is2D() ? coarse : score(voxels, field, COARSEST * extent);
    final double[] anatomy = centreOfStructures(rows);
    final Affine centred = centred(coarsest, anatomy);
    final Candidate free = search(coarsest, coarse, anatomy, centred);
    if (tellsItsPlace(free, coarse)) return finely(free.toCommon, voxels, field);
    progress.log(
        name
            + ": the anatomy explains little of this image wherever it is put, so it was looked for near where its header puts it, or with its centre on the prior's if the header tells no place near the prior.");
    final Affine expected = HeaderTie.expected(prior, voxels.grid());
    tie = HeaderTie.to(prior, expected);
    final Affine near = expected.equals(Affine.identity()) ? centred : expected;
    return finely(search(coarsest, coarse, anatomy, near).toCommon, voxels, field);
  }

  private Candidate search(
      final AlignmentScore coarsest,
      final AlignmentScore coarse,
      final double[] anatomy,
      final Affine centred) {
    final Affine rigid = rigid(coarsest, anatomy, centred);
    return new Candidate(coarse, rigid).improved(coarse, false);
  }

  private Affine finely(
      final Affine map, final SubjectVoxels voxels, final ProbabilityField field) {
    final AlignmentScore fine = score(voxels, field, FINE * extent);
    return new Candidate(fine, map).improved(fine, false).toCommon;
  }

  private boolean tellsItsPlace(final Candidate found, final AlignmentScore score) {
    final GroupProbabilities p = score.at(found.toCommon);
    final ImageVector x = score.image();
    final double nats =
        Explanation.of(p, x, found.intensities, p.logLikelihood(x, found.intensities), progress)
            .nats();
    // Of a large field of view most is certainly background, wherever the anatomy lies.
    final double reach = prior.voxelCount() * prior.voxelVolume() / score.grid().voxelVolume();
    return nats * x.counted() > TELLING * Math.min(x.counted(), reach);
  }

  /** The best map that keeps distances, near one of the starts. */
  private Affine rigid(final AlignmentScore score, final double[] anatomy, final Affine centred) {
    final AlignmentStarts starts = new AlignmentStarts(anatomy, prior.is2D());
    final List<Affine> upright = new ArrayList<>(List.of(Affine.identity(), centred));
    starts.tilts().forEach(tilt -> upright.add(tilt.after(centred)));
    final List<Affine> turned = new ArrayList<>();
    starts.turns().forEach(turn -> turned.add(turn.after(centred)));
    final Candidate asTold = best(score, upright, UPRIGHT);
    final Candidate other = best(score, turned, TURNED);
    return (other.value > asTold.value + CLEARLY_BETTER ? other : asTold).toCommon;
  }

  /** The best that searches from the {@code some} most promising starts come to. */
  private Candidate best(final AlignmentScore score, final List<Affine> starts, final int some) {
    final List<Candidate> promising =
        each(score, starts, Candidate::new).stream()
            .sorted(Comparator.comparingDouble(c -> -c.value))
            .limit(some)
            .collect(Collectors.toList());
    return each(score, promising, (s, c) -> c.improved(s, true)).stream()
        .reduce(Candidate::orIfBetter)
        .orElseThrow();
  }

  /**
   * What is found from each, in the same order: of coarse grids, one search is work for a thread.
   */
  private <T> List<Candidate> each(
      final AlignmentScore score,
      final List<T> from,
      final BiFunction<AlignmentScore, T, Candidate> search) {
    final Candidate[] found = new Candidate[from.size()];
    final AlignmentScore own = score.sharedBy(found.length);
    Parallel.forEach(
        found.length, threads, progress, i -> found[i] = search.apply(own, from.get(i)));
    return List.of(found);
  }

  /** A map and how well the image fits under it, with intensities of its own. */
  private final class Candidate {
    final Affine toCommon;
    final IntensityModel intensities;
    final double value;

    Candidate(final AlignmentScore score, final Affine toCommon) {
      progress.checkCancelled();
      this.toCommon = toCommon;
      final GroupProbabilities p = score.at(toCommon);
      final IntensityModel start =
          IntensityStart.from(
              p,
              score.image(),
              labelGroups,
              settings.getInt(SegmentationSettings.BACKGROUND_COMPONENTS),
              settings.get(SegmentationSettings.INTENSITY_STRENGTH));
      intensities = IntensityFit.run(p, score.image(), start, EM_ITERATIONS).model();
      value = score.from(intensities).of(toCommon) - tie.cost(toCommon);
    }

    Candidate orIfBetter(final Candidate other) {
      return other.value > value ? other : this;
    }

    /** After a search from here; this one if the image does not fit better after it. */
    Candidate improved(final AlignmentScore score, final boolean rigid) {
      final AffineParameters parameters = new AffineParameters(toCommon, prior, extent, rigid);
      final AffineSearch search =
          new AffineSearch(score.from(intensities), tie, parameters, progress);
      return orIfBetter(new Candidate(score, search.run()));
    }
  }

  private float[] groupRows() {
    final float[] rows = new float[prior.voxelCount() * groups];
    final int l = labelGroups.length;
    for (int v = 0; v < prior.voxelCount(); v++)
      for (int i = 0; i < l; i++) rows[v * groups + labelGroups[i]] += atlas[v * l + i];
    return rows;
  }

  private AlignmentScore score(
      final SubjectVoxels voxels, final ProbabilityField field, final double spacing) {
    final Grid grid = voxels.grid();
    final Grid coarse = grid(grid, spacing);
    final int[] step = new int[3];
    for (int d = 0; d < 3; d++) step[d] = step(grid, d, spacing);
    return new AlignmentScore(field, prior, coarse, voxels.every(step, coarse.size()), threads);
  }

  /** Every few voxels of a grid, so that they lie about {@code spacing} apart. */
  private static Grid grid(final Grid grid, final double spacing) {
    final int[] size = new int[3];
    final double[] step = new double[3];
    for (int d = 0; d < 3; d++) {
      step[d] = step(grid, d, spacing);
      size[d] = (int) (grid.size(d) / step[d]);
    }
    final Affine toFine =
        Affine.translation(
                Math.floor(step[0] / 2), Math.floor(step[1] / 2), Math.floor(step[2] / 2))
            .after(Affine.scale(step[0], step[1], step[2]));
    return new Grid(size, grid.toWorld().after(toFine), grid.unit());
  }

  private static int step(final Grid grid, final int axis, final double spacing) {
    final double voxels = Math.rint(spacing / grid.spacing()[axis]);
    return (int) Math.max(1, Math.min(grid.size(axis), voxels));
  }

  /** Moves the first channel's centre of brightness to the centre of the atlas's structures. */
  private static Affine centred(final AlignmentScore score, final double[] anatomy) {
    final Grid coarse = score.grid();
    final ImageVector x = score.image();
    final double[] bright = new double[4];
    for (int v = 0; v < coarse.voxelCount(); v++)
      add(bright, coarse, v, Math.max(0, Math.min(1, x.values()[v * x.channels()])) * x.mask()[v]);
    final double[] centre = centre(bright);
    return Affine.translation(
        anatomy[0] - centre[0], anatomy[1] - centre[1], anatomy[2] - centre[2]);
  }

  private double[] centreOfStructures(final float[] rows) {
    final double[] inside = new double[4];
    for (int v = 0; v < prior.voxelCount(); v++) add(inside, prior, v, 1 - rows[v * groups]);
    return centre(inside);
  }

  private static double[] centre(final double[] sum) {
    final double n = Math.max(sum[3], 1e-9);
    return new double[] {sum[0] / n, sum[1] / n, sum[2] / n};
  }

  private static void add(final double[] sum, final Grid grid, final int v, final double weight) {
    final int nx = grid.size(0), ny = grid.size(1);
    final double[] p = grid.toWorld().apply(v % nx, v / nx % ny, v / nx / ny);
    for (int d = 0; d < 3; d++) sum[d] += weight * p[d];
    sum[3] += weight;
  }
}
