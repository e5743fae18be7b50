package org.anatomicalpriors.model;

import java.util.List;
import java.util.function.UnaryOperator;
import org.anatomicalpriors.tensorflow.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * N(x_j; mu_l, sigma_l^2) of every voxel and label as nodes of a graph, fed with an image and an
 * {@link IntensityModel}. A label's distribution is that of its intensity group, a mixture of one
 * or more components.
 */
final class Likelihood {

  private final Operand<TFloat32> coefficients;
  private final int voxels;
  private final int labels;

  /** 1 where the voxel counts, 0 where a channel is unknown, (V, 1). */
  final Operand<TFloat32> mask;

  /** Weight of component c in label l, (C, L), as fed. */
  final Operand<TFloat32> membership;

  /** {@link PowerSums} of every voxel, (V, F), as fed: the graph is the same for any channels. */
  final Operand<TFloat32> powers;

  /** Largest log-density of a voxel over the components and outliers, (V, 1). */
  final Operand<TFloat32> logScale;

  /** Density of every component divided by exp(logScale), (V, C). */
  final Operand<TFloat32> components;

  /** Density of every label, outliers included, divided by exp(logScale), (V, L). */
  final Operand<TFloat32> scaled;

  Likelihood(final Ops tf, final int voxels, final int labels) {
    this(
        tf,
        voxels,
        labels,
        tf.withName("powers").placeholder(TFloat32.class, shape(voxels, -1)),
        tf.withName("mask").placeholder(TFloat32.class, shape(voxels, 1)),
        tf.withName("coefficients").placeholder(TFloat32.class, shape(-1, -1)),
        tf.withName("membership").placeholder(TFloat32.class, shape(-1, labels)));
  }

  private Likelihood(
      final Ops tf,
      final int voxels,
      final int labels,
      final Operand<TFloat32> powers,
      final Operand<TFloat32> mask,
      final Operand<TFloat32> coefficients,
      final Operand<TFloat32> membership) {
    this.voxels = voxels;
    this.labels = labels;
    this.powers = powers;
    this.mask = mask;
    this.coefficients = coefficients;
    this.membership = membership;
    final Operand<TFloat32> logDensities = tf.linalg.matMul(powers, coefficients);
    final Operand<TFloat32> outliers = tf.constant((float) Math.log(IntensityModel.OUTLIERS));
    logScale = tf.math.maximum(tf.max(logDensities, tf.constant(1), Max.keepDims(true)), outliers);
    components = tf.math.exp(tf.math.sub(logDensities, logScale));
    scaled =
        tf.math.add(
            tf.linalg.matMul(components, membership), tf.math.exp(tf.math.sub(outliers, logScale)));
  }

  /**
   * The same of the same image, where what was fed has to pass through something first: a block of
   * a tape, or a switch.
   */
  Likelihood through(final Ops tf, final UnaryOperator<Operand<TFloat32>> gate) {
    return new Likelihood(
        tf,
        voxels,
        labels,
        gate.apply(powers),
        gate.apply(mask),
        gate.apply(coefficients),
        gate.apply(membership));
  }

  /**
   * The same of some voxels.
   *
   * @param some takes their rows
   */
  Likelihood ofVoxels(final Ops tf, final UnaryOperator<Operand<TFloat32>> some) {
    return new Likelihood(
        tf, voxels, labels, some.apply(powers), some.apply(mask), coefficients, membership);
  }

  private static Placeholder.Options shape(final long a, final long b) {
    return Placeholder.shape(Shape.of(a, b));
  }

  /** Feeds an image and its intensities. */
  List<TFloat32> feed(
      final Session.Runner runner, final ImageVector x, final IntensityModel model) {
    final int c = model.components(), f = PowerSums.count(x.channels());
    final List<TFloat32> fed =
        List.of(
            Tensors.of(x.powers(), voxels, f),
            Tensors.of(x.complete(), voxels, 1),
            Tensors.of(model.coefficients(), f, c),
            Tensors.of(model.membership(), c, labels));
    return feed(runner, fed);
  }

  /** Feeds an image whose likelihood does not matter. */
  List<TFloat32> feedNothing(final Session.Runner runner, final ImageVector x) {
    return feed(
        runner,
        List.of(
            Tensors.of(new float[voxels], voxels, 1),
            Tensors.of(x.complete(), voxels, 1),
            Tensors.of(new float[1], 1, 1),
            Tensors.of(new float[labels], 1, labels)));
  }

  private List<TFloat32> feed(final Session.Runner runner, final List<TFloat32> fed) {
    runner.feed(powers, fed.get(0)).feed(mask, fed.get(1));
    runner.feed(coefficients, fed.get(2)).feed(membership, fed.get(3));
    return fed;
  }
}
