package org.anatomicalpriors.model;

import java.util.List;
import org.anatomicalpriors.tensorflow.GraphMath;
import org.anatomicalpriors.tensorflow.Tape;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The data terms of the objectives, each with its adjoint in closed form (one softmax instead of a
 * chain of large temporaries). All return a scalar in nats, summed over voxels.
 */
final class Objectives {

  /** Keeps logarithms finite; gradients are exact as long as probabilities are above it. */
  private static final float TINY = 1e-30f;

  private static final int LABEL_AXIS = 1;

  private final Ops tf;
  private final Tape tape;

  Objectives(final Ops tf, final Tape tape) {
    this.tf = tf;
    this.tape = tape;
  }

  /**
   * Reconstruction term of L_prior and of L_paired: - sum_j log f[j, s_j].
   *
   * @param logits (V, L), f = softmax(logits)
   * @param labels one-hot (V, L); a row of zeros leaves its voxel out
   */
  Operand<TFloat32> crossEntropy(final Operand<TFloat32> logits, final Operand<TFloat32> labels) {
    final Operand<TFloat32> f = tf.nn.softmax(logits);
    final Operand<TFloat32> counted = rowSum(labels);
    final Operand<TFloat32> atLabel = rowSum(tf.math.mul(f, labels));
    // Rows without a label: log 1 = 0.
    final Operand<TFloat32> safe =
        tf.math.maximum(
            tf.math.add(atLabel, tf.math.sub(tf.constant(1f), counted)), tf.constant(TINY));
    return tape.record(
        tf.math.neg(GraphMath.total(tf, tf.math.log(safe))),
        List.of(logits),
        (dy, wanted) -> List.of(tf.math.mul(dy, tf.math.sub(tf.math.mul(f, counted), labels))));
  }

  /**
   * Data term of L_exact: - sum_j log sum_l f[j,l] N(x_j; l). The gradient with respect to the
   * logits is f - p, with p the posterior of the labels.
   */
  Operand<TFloat32> exact(final Operand<TFloat32> logits, final Likelihood likelihood) {
    final LabelPosterior q = new LabelPosterior(tf, logits, likelihood);
    final Operand<TFloat32> evidence =
        tf.math.mul(tf.math.add(tf.math.log(q.total), likelihood.logScale), likelihood.mask);
    return tape.record(
        tf.math.neg(GraphMath.total(tf, evidence)),
        List.of(logits),
        (dy, wanted) ->
            List.of(
                tf.math.mul(
                    tf.math.mul(dy, likelihood.mask), tf.math.sub(q.prior, q.posterior()))));
  }

  /**
   * Data term of L_bound (the paper's equation 14): - sum_j sum_l f[j,l] log N(x_j; l). The
   * gradient with respect to the logits is - f (log N - sum_m f_m log N_m).
   */
  Operand<TFloat32> bound(final Operand<TFloat32> logits, final Likelihood likelihood) {
    final Operand<TFloat32> f = tf.nn.softmax(logits);
    final Operand<TFloat32> logN =
        tf.math.add(
            tf.math.log(tf.math.maximum(likelihood.scaled, tf.constant(TINY))),
            likelihood.logScale);
    final Operand<TFloat32> expected = rowSum(tf.math.mul(f, logN));
    return tape.record(
        tf.math.neg(GraphMath.total(tf, tf.math.mul(expected, likelihood.mask))),
        List.of(logits),
        (dy, wanted) ->
            List.of(
                tf.math.mul(
                    tf.math.mul(dy, likelihood.mask),
                    tf.math.mul(f, tf.math.sub(expected, logN)))));
  }

  /** Sums over labels, keeping the axis: (V, 1). */
  private Operand<TFloat32> rowSum(final Operand<TFloat32> x) {
    return rowSum(tf, x);
  }

  static Operand<TFloat32> rowSum(final Ops tf, final Operand<TFloat32> x) {
    return tf.sum(x, tf.constant(LABEL_AXIS), org.tensorflow.op.core.Sum.keepDims(true));
  }

  static Operand<TFloat32> atLeastTiny(final Ops tf, final Operand<TFloat32> x) {
    return tf.math.maximum(x, tf.constant(TINY));
  }
}
