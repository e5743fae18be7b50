package org.anatomicalpriors.tensorflow;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Small expressions that several graphs share. */
public final class GraphMath {

  private GraphMath() {}

  /** Sum of all elements, a scalar. */
  public static Operand<TFloat32> total(final Ops tf, final Operand<TFloat32> x) {
    return tf.sum(tf.reshape(x, tf.constant(new int[] {-1})), tf.constant(0));
  }
}
