package org.anatomicalpriors.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/** p(s_j = l | x, z) proportional to f[j,l](z) N(x_j; l), as nodes of a graph. */
final class LabelPosterior {

  /** f = softmax(logits), (V, L). */
  final Operand<TFloat32> prior;

  /** sum_l f N, scaled by the likelihood's own scale, (V, 1). */
  final Operand<TFloat32> total;

  private final Ops tf;
  private final Likelihood likelihood;

  LabelPosterior(final Ops tf, final Operand<TFloat32> logits, final Likelihood likelihood) {
    this.tf = tf;
    this.likelihood = likelihood;
    prior = tf.nn.softmax(logits);
    total = Objectives.atLeastTiny(tf, Objectives.rowSum(tf, joint()));
  }

  private Operand<TFloat32> joint() {
    return tf.math.mul(prior, likelihood.scaled);
  }

  /** (V, L). */
  Operand<TFloat32> posterior() {
    return posterior(total);
  }

  /**
   * The same.
   *
   * @param total of here, as it came through a switch
   */
  Operand<TFloat32> posterior(final Operand<TFloat32> total) {
    return tf.math.div(joint(), total);
  }

  /** The posterior, and f outside the field of view, (V, L). */
  Operand<TFloat32> posteriorOrPrior() {
    return tf.math.add(prior, tf.math.mul(likelihood.mask, tf.math.sub(posterior(), prior)));
  }

  /**
   * Sufficient statistics of every intensity component under the posterior: the sums of r times the
   * {@link PowerSums}, shape (C, F), with r the component's responsibility for a voxel.
   */
  Operand<TFloat32> statistics() {
    // Whatever is per voxel multiplies the few powers rather than all labels.
    final Operand<TFloat32> perVoxel = tf.math.div(likelihood.mask, total);
    final Operand<TFloat32> responsibilities =
        tf.math.mul(
            likelihood.components,
            tf.linalg.matMul(prior, likelihood.membership, MatMul.transposeB(true)));
    return tf.linalg.matMul(
        responsibilities, tf.math.mul(likelihood.powers, perVoxel), MatMul.transposeA(true));
  }
}
