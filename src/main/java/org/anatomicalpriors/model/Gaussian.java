package org.anatomicalpriors.model;

import java.util.List;
import org.anatomicalpriors.tensorflow.GraphMath;
import org.anatomicalpriors.tensorflow.Tape;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The approximate posterior q(z|.) = N(mean, diag exp(logVariance)), as nodes of a graph. */
final class Gaussian {

  /** Bounds of the log-variance; unbounded ones were seen to explode. */
  private static final float LOWEST = -8;

  private static final float HIGHEST = 1;

  final Operand<TFloat32> mean;
  final Operand<TFloat32> logVariance;

  private Gaussian(final Operand<TFloat32> mean, final Operand<TFloat32> logVariance) {
    this.mean = mean;
    this.logVariance = logVariance;
  }

  /** With the log-variance squeezed into its bounds by tanh; a raw value of 0 is the middle. */
  static Gaussian bounded(
      final Ops tf, final Tape tape, final Operand<TFloat32> mean, final Operand<TFloat32> raw) {
    final float middle = (HIGHEST + LOWEST) / 2, half = (HIGHEST - LOWEST) / 2;
    return new Gaussian(
        mean,
        tape.apply(
            in ->
                tf.math.add(
                    tf.math.mul(
                        tf.math.tanh(tf.math.div(in.get(0), tf.constant(half))), tf.constant(half)),
                    tf.constant(middle)),
            raw));
  }

  /** The raw value that {@link #bounded} squeezes to this log-variance. */
  static float unbounded(final float logVariance) {
    final double middle = (HIGHEST + LOWEST) / 2, half = (HIGHEST - LOWEST) / 2;
    final double t = Math.max(-0.999, Math.min(0.999, (logVariance - middle) / half));
    return (float) (half * 0.5 * Math.log((1 + t) / (1 - t)));
  }

  /** A draw: mean + exp(logVariance / 2) * noise, with noise from N(0, I); its mean for zeros. */
  Operand<TFloat32> sample(final Ops tf, final Tape tape, final Operand<TFloat32> noise) {
    return tape.apply(
        in ->
            tf.math.add(
                in.get(0),
                tf.math.mul(tf.math.exp(tf.math.mul(in.get(1), tf.constant(0.5f))), noise)),
        mean,
        logVariance);
  }

  /**
   * KL[q || N(0, I)] = 1/2 sum (mean^2 + exp(lv) - 1 - lv), a scalar in nats (Kingma and Welling
   * 2014, appendix B).
   */
  Operand<TFloat32> divergence(final Ops tf, final Tape tape) {
    final Operand<TFloat32> lv = logVariance;
    final Operand<TFloat32> variance = tf.math.exp(lv);
    final Operand<TFloat32> terms =
        tf.math.sub(tf.math.add(tf.math.square(mean), variance), tf.math.add(lv, tf.constant(1f)));
    // In closed form, as one term: of three gradients, TensorFlow sorts the sum by names, which
    // other parts of the graph change.
    return tape.record(
        tf.math.mul(GraphMath.total(tf, terms), tf.constant(0.5f)),
        List.of(mean, lv),
        (dy, wanted) ->
            List.of(
                tf.math.mul(dy, mean),
                tf.math.mul(
                    tf.math.mul(dy, tf.constant(0.5f)), tf.math.sub(variance, tf.constant(1f)))));
  }
}
