package org.anatomicalpriors.training;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.anatomicalpriors.model.Exponentials;
import org.anatomicalpriors.model.FittedImage;
import org.anatomicalpriors.model.GroupProbabilities;
import org.anatomicalpriors.model.ImageVector;
import org.anatomicalpriors.model.IntensityFit;
import org.anatomicalpriors.model.IntensityModel;
import org.anatomicalpriors.model.IntensityStart;
import org.anatomicalpriors.space.Grid;
import org.anatomicalpriors.space.SplineLattice;

/**
 * Draws images of label maps, p(x|s) with random contrasts (as Billot et al. 2023, Medical Image
 * Analysis 86, do), and fits their intensities under the atlas, as is done with real ones: what an
 * encoder of images has to learn from. Thread-safe.
 */
final class ImageSimulation {

  /** Standard deviation of a label's mean about that of its group, and of a voxel about both. */
  private static final double LABEL_SPREAD = 0.05;

  private static final double LEAST_NOISE = 0.01;
  private static final double MOST_NOISE = 0.07;

  /** Largest standard deviation of the logarithm of what is left of a bias field. */
  private static final double BIAS = 0.1;

  /** Distance of the bias field's knots, as a part of the grid's extent. */
  private static final double BIAS_SPACING = 0.3;

  /** Distance of the knots of what surrounds the anatomy, as a part of the grid's extent. */
  private static final double SURROUNDINGS_SPACING = 0.08;

  private static final int MOST_SURROUNDINGS = 3;

  /** Largest share of a neighbour's intensity in a voxel, by axis and side. */
  private static final double BLUR = 0.25;

  /** So many voxels tell the intensities well enough. */
  private static final double ENOUGH_VOXELS = 4e4;

  private static final int EM_ITERATIONS = 10;
  private static final int BACKGROUND_COMPONENTS = 3;
  private static final double STRENGTH = 100;

  private final Grid grid;
  private final int[] labelGroups;
  private final int groups;
  private final int step;
  private final GroupProbabilities sampled;

  /**
   * @param labelGroups intensity group of every label
   * @param atlas log-probabilities (V, L)
   */
  ImageSimulation(final Grid grid, final int[] labelGroups, final float[] atlas) {
    this.grid = grid;
    this.labelGroups = labelGroups;
    groups = Arrays.stream(labelGroups).max().orElse(0) + 1;
    step = (int) Math.max(1, Math.round(Math.cbrt(grid.voxelCount() / ENOUGH_VOXELS)));
    final int l = labelGroups.length;
    final float[] p = new float[samples() * groups];
    int row = 0;
    for (int z = 0; z < grid.size(2); z += step)
      for (int y = 0; y < grid.size(1); y += step)
        for (int x = 0; x < grid.size(0); x += step, row += groups)
          for (int i = 0; i < l; i++)
            p[row + labelGroups[i]] += (float) Math.exp(atlas[voxel(x, y, z) * l + i]);
    sampled = GroupProbabilities.ofGroups(p, groups);
  }

  private int samples() {
    int n = 1;
    for (int d = 0; d < 3; d++) n *= (grid.size(d) + step - 1) / step;
    return n;
  }

  private int voxel(final int x, final int y, final int z) {
    return (z * grid.size(1) + y) * grid.size(0) + x;
  }

  /**
   * Draws an image.
   *
   * @param labels label indices on the grid; 255, where nothing is known, is out of the image
   */
  FittedImage simulate(final byte[] labels, final SplittableRandom random) {
    final float[] image = structures(labels, random);
    surroundings(labels, image, random);
    final double side = BLUR * random.nextDouble();
    for (int axis = 0, stride = 1; axis < 3; stride *= grid.size(axis++))
      if (grid.size(axis) > 1) blur(image, stride, grid.size(axis), (float) side);
    final float[] gain = smooth(BIAS_SPACING, BIAS * random.nextDouble(), random);
    Exponentials.of(gain, gain.length);
    final double noise = LEAST_NOISE + (MOST_NOISE - LEAST_NOISE) * random.nextDouble();
    for (int v = 0; v < image.length; v++) {
      image[v] = (float) (image[v] * gain[v] + noise * normal(random));
      if ((labels[v] & 0xff) >= labelGroups.length) image[v] = Float.NaN;
    }
    final ImageVector x = ImageVector.of(image, 0, 1);
    return new FittedImage(x, fit(x));
  }

  private float[] structures(final byte[] labels, final SplittableRandom random) {
    final double[] group = new double[groups];
    for (int g = 1; g < groups; g++) group[g] = random.nextDouble();
    final float[] mean = new float[256];
    for (int l = 0; l < labelGroups.length; l++)
      mean[l] =
          labelGroups[l] == 0 ? 0 : (float) (group[labelGroups[l]] + LABEL_SPREAD * normal(random));
    final float[] image = new float[labels.length];
    for (int v = 0; v < image.length; v++) image[v] = mean[labels[v] & 0xff];
    return image;
  }

  /**
   * Fills in what has no label: nothing at all, or a few tissues near the anatomy or everywhere.
   */
  private void surroundings(
      final byte[] labels, final float[] image, final SplittableRandom random) {
    final int kinds = random.nextInt(MOST_SURROUNDINGS + 1);
    final boolean near = random.nextBoolean();
    final double reach = 0.5 * random.nextDouble();
    if (kinds == 0) return;
    final double[] mean = new double[kinds];
    for (int k = 0; k < kinds; k++) mean[k] = random.nextDouble();
    final float[] field = smooth(SURROUNDINGS_SPACING, 1, random);
    final float[] inside = near ? nearness(labels) : null;
    for (int v = 0; v < image.length; v++) {
      if (!isBackground(labels[v]) || near && inside[v] <= reach) continue;
      final int k = (int) Math.floor(kinds * (0.5 + 0.4 * field[v]));
      image[v] = (float) mean[Math.max(0, Math.min(kinds - 1, k))];
    }
  }

  private boolean isBackground(final byte label) {
    final int l = label & 0xff;
    return l < labelGroups.length && labelGroups[l] == 0;
  }

  /** 1 within the anatomy, falling to 0 a few voxels away from it. */
  private float[] nearness(final byte[] labels) {
    final float[] inside = new float[labels.length];
    for (int v = 0; v < inside.length; v++) inside[v] = isBackground(labels[v]) ? 0 : 1;
    for (int pass = 0; pass < 4; pass++)
      for (int axis = 0, stride = 1; axis < 3; stride *= grid.size(axis++))
        if (grid.size(axis) > 1) blur(inside, stride, grid.size(axis), 0.33f);
    return inside;
  }

  /**
   * Every voxel takes a share of either neighbour along an axis.
   *
   * @param stride voxels from one to the next along the axis, of which there are {@code n}
   */
  private static void blur(final float[] image, final int stride, final int n, final float share) {
    for (int start = 0; start < image.length; start += stride * n)
      if (stride == 1) blurRow(image, start, n, share);
      else blurPlanes(image, start, stride, n, share);
  }

  private static void blurRow(
      final float[] image, final int start, final int n, final float share) {
    float before = image[start];
    for (int v = start; v < start + n; v++) {
      final float here = image[v];
      final float after = v + 1 < start + n ? image[v + 1] : here;
      image[v] = (1 - 2 * share) * here + share * (before + after);
      before = here;
    }
  }

  /** What is computed has arrays of its own, so that it becomes vector instructions. */
  private static void blurPlanes(
      final float[] image, final int start, final int stride, final int n, final float share) {
    float[] before = new float[stride], here = new float[stride], after = new float[stride];
    System.arraycopy(image, start, before, 0, stride);
    System.arraycopy(image, start, here, 0, stride);
    for (int i = 0; i < n; i++) {
      final int from = start + i * stride;
      System.arraycopy(image, i + 1 < n ? from + stride : from, after, 0, stride);
      mix(before, here, after, share);
      System.arraycopy(before, 0, image, from, stride);
      final float[] free = before;
      before = here;
      here = after;
      after = free;
    }
  }

  private static void mix(
      final float[] before, final float[] here, final float[] after, final float share) {
    for (int i = 0; i < here.length; i++)
      before[i] = (1 - 2 * share) * here[i] + share * (before[i] + after[i]);
  }

  /** A smooth random field of mean 0. */
  private float[] smooth(
      final double spacing, final double deviation, final SplittableRandom random) {
    final double[] knots = new double[3];
    for (int d = 0; d < 3; d++) knots[d] = Math.max(1, spacing * grid.extent() / grid.spacing()[d]);
    final SplineLattice lattice = new SplineLattice(grid.size(), new int[] {1, 1, 1}, knots);
    final double[] c = new double[lattice.count()];
    for (int i = 0; i < c.length; i++) c[i] = 1.75 * deviation * normal(random);
    return lattice.evaluate(c);
  }

  private IntensityModel fit(final ImageVector x) {
    final float[] few = new float[samples()];
    int i = 0;
    for (int z = 0; z < grid.size(2); z += step)
      for (int y = 0; y < grid.size(1); y += step)
        for (int col = 0; col < grid.size(0); col += step) {
          final int v = voxel(col, y, z);
          few[i++] = x.mask()[v] == 0 ? Float.NaN : x.values()[v];
        }
    final ImageVector sample = ImageVector.of(few, 0, 1);
    final double strength = STRENGTH / ((double) grid.voxelCount() / few.length);
    return IntensityFit.run(
            sampled,
            sample,
            IntensityStart.from(sampled, sample, labelGroups, BACKGROUND_COMPONENTS, strength),
            EM_ITERATIONS)
        .model();
  }

  /** About a normal number: the sum of four uniform ones, which is fast. */
  private static double normal(final SplittableRandom random) {
    final long bits = random.nextLong();
    final double sum =
        (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
    return (sum / 0xffff - 2) * Math.sqrt(3);
  }
}
