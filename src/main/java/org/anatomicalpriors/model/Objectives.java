package org.anatomicalpriors.model;

import java.util.List;
import java.util.function.UnaryOperator;
import org.anatomicalpriors.tensorflow.GraphMath;
import org.anatomicalpriors.tensorflow.Layers;
import org.anatomicalpriors.tensorflow.Tape;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

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

  /** A term of logits, and its gradient with respect to them from the gradient of the term. */
  private static final class Term {
    private final Operand<TFloat32> value;
    private final UnaryOperator<Operand<TFloat32>> gradient;

    Term(final Operand<TFloat32> value, final UnaryOperator<Operand<TFloat32>> gradient) {
      this.value = value;
      this.gradient = gradient;
    }
  }

  /**
   * Reconstruction term of L_prior and of L_paired: - sum_j log f[j, s_j].
   *
   * @param logits (V, L), f = softmax(logits)
   * @param indices of labels (V); a voxel whose index is no label's is left out
   */
  Operand<TFloat32> crossEntropy(final Operand<TFloat32> logits, final Operand<TUint8> indices) {
    return record(logits, crossEntropyOf(tf.nn.softmax(logits), indices));
  }

  /**
   * Data term of L_exact: - sum_j log sum_l f[j,l] N(x_j; l). The gradient with respect to the
   * logits is f - p, with p the posterior of the labels.
   */
  Operand<TFloat32> exact(final Operand<TFloat32> logits, final Likelihood likelihood) {
    return record(logits, exactOf(logits, likelihood, x -> x));
  }

  /**
   * Data term of L_bound (the paper's equation 14): - sum_j sum_l f[j,l] log N(x_j; l). The
   * gradient with respect to the logits is - f (log N - sum_m f_m log N_m).
   */
  Operand<TFloat32> bound(final Operand<TFloat32> logits, final Likelihood likelihood) {
    return record(logits, boundOf(tf.nn.softmax(logits), likelihood.scaled, likelihood));
  }

  /**
   * The cross-entropy where an image is labelled, and an image's own term where it is not. Only one
   * of them is computed, behind TensorFlow's switch.
   *
   * @param objective which term of the image
   */
  Operand<TFloat32> either(
      final Operand<TBool> labelled,
      final Operand<TFloat32> logits,
      final Operand<TUint8> indices,
      final Objective objective,
      final Likelihood likelihood) {
    final UnaryOperator<Operand<TFloat32>> on = x -> tf.switchCond(x, labelled).outputTrue(),
        off = x -> tf.switchCond(x, labelled).outputFalse();
    final Operand<TFloat32> f = tf.nn.softmax(logits);
    final Term given = crossEntropyOf(on.apply(f), tf.switchCond(indices, labelled).outputTrue());
    final Term image =
        objective == Objective.EXACT
            ? exactOf(logits, likelihood, off)
            : boundOf(off.apply(f), off.apply(likelihood.scaled), likelihood);
    return record(
        logits,
        new Term(
            tf.merge(List.of(given.value, image.value)).output(),
            dy ->
                tf.merge(
                        List.of(
                            given.gradient.apply(on.apply(dy)),
                            image.gradient.apply(off.apply(dy))))
                    .output()));
  }

  private Operand<TFloat32> record(final Operand<TFloat32> logits, final Term term) {
    return tape.record(
        term.value, List.of(logits), (dy, wanted) -> List.of(term.gradient.apply(dy)));
  }

  private Term crossEntropyOf(final Operand<TFloat32> f, final Operand<TUint8> indices) {
    final int count = (int) Layers.shape(f)[LABEL_AXIS];
    final Operand<TInt32> index = tf.dtypes.cast(indices, TInt32.class);
    final Operand<TFloat32> counted =
        tf.dtypes.cast(tf.math.less(index, tf.constant(count)), TFloat32.class);
    // Looking up one number of each row takes less than a sum over its product with one-hot labels.
    final Operand<TFloat32> atLabel =
        tf.gather(
            f,
            tf.math.minimum(index, tf.constant(count - 1)),
            tf.constant(LABEL_AXIS),
            Gather.batchDims(1L));
    return new Term(
        minusTotal(tf.math.mul(tf.math.log(atLeastTiny(tf, atLabel)), counted)),
        dy ->
            tf.math.mul(
                tf.math.sub(f, PriorNetwork.oneHot(tf, indices, count)),
                tf.expandDims(tf.math.mul(dy, counted), tf.constant(LABEL_AXIS))));
  }

  /**
   * @param gate what the posterior passes through first
   */
  private Term exactOf(
      final Operand<TFloat32> logits,
      final Likelihood likelihood,
      final UnaryOperator<Operand<TFloat32>> gate) {
    final LabelPosterior q = new LabelPosterior(tf, logits, likelihood);
    return new Term(
        minusTotal(
            tf.math.mul(
                tf.math.add(tf.math.log(gate.apply(q.total)), likelihood.logScale),
                likelihood.mask)),
        dy ->
            tf.math.mul(
                tf.math.mul(dy, likelihood.mask),
                tf.math.sub(gate.apply(q.prior), q.posterior(gate.apply(q.total)))));
  }

  private Term boundOf(
      final Operand<TFloat32> f, final Operand<TFloat32> scaled, final Likelihood likelihood) {
    final Operand<TFloat32> logN =
        tf.math.add(tf.math.log(atLeastTiny(tf, scaled)), likelihood.logScale);
    final Operand<TFloat32> expected = rowSum(tf, tf.math.mul(f, logN));
    return new Term(
        minusTotal(tf.math.mul(expected, likelihood.mask)),
        dy ->
            tf.math.mul(
                tf.math.mul(dy, likelihood.mask), tf.math.mul(f, tf.math.sub(expected, logN))));
  }

  private Operand<TFloat32> minusTotal(final Operand<TFloat32> x) {
    return tf.math.neg(GraphMath.total(tf, x));
  }

  /** Sums over labels, keeping the axis: (V, 1). */
  static Operand<TFloat32> rowSum(final Ops tf, final Operand<TFloat32> x) {
    return tf.sum(x, tf.constant(LABEL_AXIS), org.tensorflow.op.core.Sum.keepDims(true));
  }

  static Operand<TFloat32> atLeastTiny(final Ops tf, final Operand<TFloat32> x) {
    return tf.math.maximum(x, tf.constant(TINY));
  }
}
