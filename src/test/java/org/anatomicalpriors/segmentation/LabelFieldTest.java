package org.anatomicalpriors.segmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.anatomicalpriors.model.ImageVector;
import org.anatomicalpriors.model.IntensityModel;
import org.anatomicalpriors.model.LabelPosteriors;
import org.anatomicalpriors.progress.Progress;
import org.anatomicalpriors.space.Affine;
import org.anatomicalpriors.space.Grid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The closed form on an image's own voxels, against the plain one on the prior's grid. */
class LabelFieldTest {

  private static final int LABELS = 4;

  /** The two last labels share a Gaussian; the background has two. */
  private static final IntensityModel INTENSITIES =
      new IntensityModel(
          new int[] {0, 1, 2, 2},
          new int[] {0, 0, 1, 2},
          new double[] {0.1, 0.8, 0.4, 0.6},
          new double[] {0.02, 0.05, 0.01, 0.03},
          new double[] {0.7, 0.3, 1, 1},
          0.02,
          10);

  private static Grid grid(final int... size) {
    return Grid.centred(size, new double[] {2, 2, 2}, new double[] {1, -3, 5}, "mm");
  }

  private static float[] probabilities(final int voxels) {
    final SplittableRandom random = new SplittableRandom(4);
    final float[] f = new float[voxels * LABELS];
    for (int v = 0; v < voxels; v++) {
      double sum = 0;
      for (int l = 0; l < LABELS; l++)
        sum += f[v * LABELS + l] = (float) Math.exp(6 * random.nextDouble() - 3);
      for (int l = 0; l < LABELS; l++) f[v * LABELS + l] /= (float) sum;
    }
    return f;
  }

  /** Some voxels have no value. */
  private static ImageVector image(final int voxels) {
    final SplittableRandom random = new SplittableRandom(5);
    final float[] x = new float[voxels];
    for (int v = 0; v < voxels; v++)
      x[v] = v % 7 == 3 ? Float.NaN : (float) (1.6 * random.nextDouble() - 0.3);
    return ImageVector.of(x, 0, 1);
  }

  private static LabelField field(
      final float[] f, final Grid prior, final Grid grid, final ImageVector x) {
    return new LabelField(f, prior, grid, Affine.identity(), null, x, null, null, 2)
        .with(INTENSITIES, 1);
  }

  /** Labels and posteriors (V, L) of a field; voxels that it leaves out are 255 and zeros. */
  private static byte[] labels(final LabelField field, final float[] posteriors) {
    final byte[] labels = new byte[field.voxelCount()];
    Arrays.fill(labels, (byte) 255);
    field.forEach(
        (voxel, scores) -> {
          labels[voxel] = (byte) Softmax.argmax(scores);
          for (int l = 0; l < LABELS && posteriors != null; l++)
            posteriors[voxel * LABELS + l] = (float) Softmax.at(scores, l);
        },
        Progress.NONE);
    return labels;
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 1})
  void onThePriorsOwnGridItIsTheClosedForm(final int depth) {
    final Grid grid = grid(6, 7, depth);
    final int n = grid.voxelCount();
    final float[] f = probabilities(n), p = new float[n * LABELS];
    final ImageVector x = image(n);
    final byte[] labels = labels(field(f, grid, grid, x), p);
    final float[] expected = LabelPosteriors.of(f, x, INTENSITIES);
    assertArrayEquals(expected, p, 2e-5f);
    assertArrayEquals(LabelPosteriors.mostProbable(expected, LABELS), labels);
    for (int v = 0; v < n; v++) {
      double sum = 0;
      for (int l = 0; l < LABELS; l++) sum += p[v * LABELS + l];
      assertEquals(1, sum, 1e-5);
      if (x.mask()[v] == 0)
        for (int l = 0; l < LABELS; l++)
          assertEquals(f[v * LABELS + l], p[v * LABELS + l], 1e-5, "no value, so the prior's own");
    }
  }

  /** Powers of the closed form's posteriors, normalised. */
  @Test
  void aTemperatureChangesHowSureItIsNotTheLabels() {
    final Grid grid = grid(6, 7, 5);
    final int n = grid.voxelCount();
    final double temperature = 1.7;
    final float[] f = probabilities(n), p = new float[n * LABELS], cool = new float[n * LABELS];
    final ImageVector x = image(n);
    final LabelField field = field(f, grid, grid, x);
    final byte[] labels = labels(field, cool);
    assertArrayEquals(labels, labels(field.with(INTENSITIES, temperature), p));
    for (int v = 0; v < n; v++) {
      if (x.mask()[v] == 0) continue;
      double total = 0;
      for (int l = 0; l < LABELS; l++) total += Math.pow(cool[v * LABELS + l], 1 / temperature);
      for (int l = 0; l < LABELS; l++)
        assertEquals(
            Math.pow(cool[v * LABELS + l], 1 / temperature) / total, p[v * LABELS + l], 1e-5);
    }
  }

  @Test
  void theAffineLeadsFromTheImageToThePrior() {
    final Grid prior = grid(6, 7, 5);
    final float[] f = probabilities(prior.voxelCount());
    final ImageVector x = image(prior.voxelCount());
    final Affine away = Affine.translation(30, -20, 11);
    final Grid moved = new Grid(prior.size(), away.after(prior.toWorld()), "mm");
    final float[] here = new float[f.length], there = new float[f.length];
    labels(field(f, prior, prior, x), here);
    labels(
        new LabelField(f, prior, moved, away.inverse(), null, x, null, null, 1)
            .with(INTENSITIES, 1),
        there);
    assertArrayEquals(here, there, 1e-4f);
  }

  @Test
  void outsideThePriorsGridNothingIsVisited() {
    final Grid prior = grid(6, 6, 4);
    final Grid wide = grid(10, 6, 4);
    final LabelField field =
        field(probabilities(prior.voxelCount()), prior, wide, image(wide.voxelCount()));
    final byte[] labels = labels(field, null);
    for (int v = 0; v < labels.length; v++) {
      final boolean outside = v % 10 < 2 || v % 10 >= 8;
      assertEquals(outside, labels[v] == (byte) 255, "voxel " + v);
      if (outside) assertNull(field.reader().at(v % 10, v / 10 % 6, v / 60));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void halfTheSpacingGivesTheSameSlabs(final int axis) {
    final int[] size = {4, 4, 4};
    size[axis] = 8;
    final Grid prior = grid(size), fine = finer(prior);
    final float[] f = new float[prior.voxelCount() * LABELS];
    Arrays.fill(f, 0.01f);
    for (int v = 0; v < prior.voxelCount(); v++) f[v * LABELS + slab(prior, v, axis, 2)] = 0.97f;
    final LabelField field =
        field(f, prior, fine, ImageVector.of(new float[fine.voxelCount()], 0, 1)).with(null, 1);
    final byte[] labels = labels(field, null);
    for (int v = 0; v < labels.length; v++) assertEquals(slab(fine, v, axis, 4), labels[v]);
  }

  /** The same world at half the spacing. */
  private static Grid finer(final Grid g) {
    final int[] size = new int[3];
    for (int d = 0; d < 3; d++) size[d] = 2 * g.size(d);
    return Grid.centred(size, new double[] {1, 1, 1}, new double[] {1, -3, 5}, "mm");
  }

  private static int slab(final Grid g, final int v, final int axis, final int thickness) {
    final int[] p = {v % g.size(0), v / g.size(0) % g.size(1), v / g.size(0) / g.size(1)};
    return p[axis] / thickness;
  }

  @Test
  void sampleHoldsTheGroupsOfEveryFewVoxels() {
    final Grid grid = grid(7, 5, 4);
    final int n = grid.voxelCount(), step = 2;
    final float[] f = probabilities(n);
    final ImageVector x = image(n);
    final LabelField.Sample sample =
        field(f, grid, grid, x).sample(new int[] {0, 1, 2, 2}, 3, step, Progress.NONE);
    assertEquals(4 * 3 * 2, sample.image.values().length);
    int i = 0;
    for (int z = 0; z < 4; z += step)
      for (int y = 0; y < 5; y += step)
        for (int c = 0; c < 7; c += step, i++) {
          final int v = (z * 5 + y) * 7 + c;
          assertEquals(x.mask()[v], sample.image.mask()[i]);
          assertEquals(x.values()[v], sample.image.values()[i]);
        }
    assertEquals(3, sample.groups.groups());
  }

  @Test
  void certainPriorsAndFarIntensitiesStayFinite() {
    final Grid grid = grid(2, 2, 2);
    final float[] f = new float[8 * LABELS];
    for (int v = 0; v < 8; v++) f[v * LABELS + v % LABELS] = 1;
    final float[] far = {-1e4f, 1e4f, 0, 1, -50, 50, 3, -3};
    final float[] p = new float[f.length];
    labels(field(f, grid, grid, ImageVector.of(far, 0, 1)), p);
    for (final float value : p) assertTrue(value >= 0 && value <= 1, "posterior " + value);
    for (final float value : LabelPosteriors.of(f, ImageVector.of(far, 0, 1), INTENSITIES))
      assertTrue(value >= 0 && value <= 1, "plain posterior " + value);
  }

  @Test
  void interpolationIsExactForLinearFunctionsAndKnowsItsBorder() {
    final int[] size = {4, 3, 2};
    final float[] rows = new float[24 * 2];
    for (int v = 0; v < 24; v++) {
      final int x = v % 4, y = v / 4 % 3, z = v / 12;
      rows[2 * v] = 1 + 2 * x - 3 * y + 5 * z;
      rows[2 * v + 1] = x * y * z;
    }
    final ProbabilityField field = new ProbabilityField(rows, 2, size);
    final float[] out = new float[2];
    assertTrue(field.at(1.25, 0.5, 0.75, out));
    assertEquals(1 + 2.5 - 1.5 + 3.75, out[0], 1e-5);
    assertEquals(1.25 * 0.5 * 0.75, out[1], 1e-5);
    assertTrue(field.at(-0.49, 2.49, 1.49, out), "half a voxel beyond the centres is inside");
    assertEquals(rows[2 * (12 + 8)], out[0], 1e-5, "the border goes on");
    for (final double[] p :
        new double[][] {{-0.51, 1, 1}, {1, 2.51, 1}, {1, 1, 1.51}, {Double.NaN, 1, 1}}) {
      out[0] = 77;
      assertFalse(field.at(p[0], p[1], p[2], out));
      assertEquals(77, out[0]);
    }
  }

  @Test
  void softmaxSumsToOneWhateverTheScale() {
    for (final float[] scores :
        new float[][] {{0, 0, 0}, {-1000, 3, 2}, {500, 499, -500}, {1e-3f, 0, -1e-3f}}) {
      final double[] sum = new double[3];
      Softmax.add(scores, 0.5, sum);
      double total = 0, expected = 0;
      for (final float s : scores) expected += Math.exp(s - scores[Softmax.argmax(scores)]);
      for (int l = 0; l < 3; l++) {
        total += sum[l];
        final double p = Math.exp(scores[l] - scores[Softmax.argmax(scores)]) / expected;
        assertEquals(0.5 * p, sum[l], 1e-12);
        assertEquals(p, Softmax.at(scores, l), 1e-10);
      }
      assertEquals(0.5, total, 1e-12);
    }
  }
}
