package org.anatomicalpriors.model;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.anatomicalpriors.tensorflow.Gaussians;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.types.TFloat32;

/** Small random cases that several tests share. */
final class Fixtures {

  /** Three labels: background with a mixture of two components, two structures of one group. */
  static final int[] LABEL_GROUPS = {0, 1, 1};

  private Fixtures() {}

  static float[] gaussians(final long seed, final int n, final double deviation) {
    final float[] v = new float[n];
    Gaussians.fill(v, new SplittableRandom(seed), deviation);
    return v;
  }

  /** Intensities of {@link #LABEL_GROUPS} with random means, variances and weights. */
  static IntensityModel intensities(final long seed) {
    return intensities(seed, LABEL_GROUPS, new int[] {0, 0, 1});
  }

  static IntensityModel intensities(
      final long seed, final int[] labelGroups, final int[] componentGroups) {
    final SplittableRandom random = new SplittableRandom(seed);
    final int n = componentGroups.length;
    final double[] mean = new double[n], variance = new double[n], weight = new double[n];
    final double[] total = new double[n];
    for (int c = 0; c < n; c++) {
      mean[c] = 2 * random.nextDouble() - 1;
      variance[c] = 0.1 + random.nextDouble();
      weight[c] = 0.2 + random.nextDouble();
      total[componentGroups[c]] += weight[c];
    }
    for (int c = 0; c < n; c++) weight[c] /= total[componentGroups[c]];
    return new IntensityModel(labelGroups, componentGroups, mean, variance, weight, 0.3, 5);
  }

  /** Density of an intensity in a label: the definition of a Gaussian mixture, and outliers. */
  static double density(final IntensityModel m, final int label, final double x) {
    double p = IntensityModel.OUTLIERS;
    for (int c = 0; c < m.components(); c++)
      if (m.group(c) == m.labelGroup(label))
        p +=
            m.weight(c)
                * Math.exp(-(x - m.mean(c, 0)) * (x - m.mean(c, 0)) / (2 * m.covariance(c, 0, 0)))
                / Math.sqrt(2 * Math.PI * m.covariance(c, 0, 0));
    return p;
  }

  /** softmax of rows of {@code labels} logits. */
  static double[] softmax(final float[] logits, final int labels) {
    final double[] f = new double[logits.length];
    for (int v = 0; v < f.length; v += labels) {
      double sum = 0;
      for (int l = 0; l < labels; l++) sum += f[v + l] = Math.exp(logits[v + l]);
      for (int l = 0; l < labels; l++) f[v + l] /= sum;
    }
    return f;
  }

  static int[] ints(final long[] values) {
    return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
  }

  static ImageVector image(final float... values) {
    return ImageVector.of(values, 0, 1);
  }

  /** Feeds an image and its intensities, and hands the tensors to whoever closes them. */
  static Consumer<Session.Runner> feeding(
      final Likelihood likelihood,
      final ImageVector x,
      final IntensityModel model,
      final List<Tensor> toClose) {
    return runner -> {
      final List<TFloat32> fed = likelihood.feed(runner, x, model);
      toClose.addAll(fed);
    };
  }
}
