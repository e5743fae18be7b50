package org.anatomicalpriors.tensorflow;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * Adam (Kingma and Ba 2015, algorithm 1) with the gradient clipped to a global norm. Its moments
 * are {@link Parameters} under {@link #PREFIX}, so that checkpoints hold them; the number of the
 * step and the learning rate are fed, so that the graph has no other state.
 */
public final class Adam {

  /** Names of the moments begin with this. */
  public static final String PREFIX = "adam.";

  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-7f;

  private final Placeholder<TFloat32> rate;
  private final Placeholder<TFloat32> power1;
  private final Placeholder<TFloat32> power2;
  private final List<Op> updates = new ArrayList<>();
  private final Operand<TFloat32> norm;

  /**
   * @param names variables to train
   * @param gradients of the loss, in the same order
   * @param maximalNorm the gradient of all variables together is scaled down to this norm
   * @param before what is computed before any variable changes, as all gradients are: a run that
   *     fails for lack of memory then has changed nothing
   */
  public Adam(
      final Ops tf,
      final Parameters parameters,
      final List<String> names,
      final List<Operand<TFloat32>> gradients,
      final float maximalNorm,
      final List<? extends Op> before) {
    rate = tf.withName("adam.rate").placeholder(TFloat32.class);
    power1 = tf.withName("adam.power1").placeholder(TFloat32.class);
    power2 = tf.withName("adam.power2").placeholder(TFloat32.class);
    final List<Operand<TFloat32>> squares = new ArrayList<>();
    for (final Operand<TFloat32> g : gradients) squares.add(GraphMath.total(tf, tf.math.square(g)));
    // Not AddN, whose terms TensorFlow sorts by names, which other parts of the graph change.
    norm = tf.math.sqrt(tf.sum(tf.stack(squares), tf.constant(0)));
    final Operand<TFloat32> limit = tf.constant(maximalNorm);
    final Operand<TFloat32> factor = tf.math.div(limit, tf.math.maximum(norm, limit));
    final List<Operand<TFloat32>> clipped = new ArrayList<>();
    for (final Operand<TFloat32> g : gradients) clipped.add(tf.math.mul(g, factor));
    final List<Op> awaited = new ArrayList<>(before);
    awaited.addAll(clipped);
    final Ops last = tf.withControlDependencies(awaited);
    for (int i = 0; i < names.size(); i++) {
      final String name = names.get(i);
      final long[] shape = parameters.shape(name).asArray();
      parameters.create(PREFIX + "m." + name, 0, shape);
      parameters.create(PREFIX + "v." + name, 0, shape);
      updates.add(
          last.train.applyAdam(
              parameters.variable(name),
              parameters.variable(PREFIX + "m." + name),
              parameters.variable(PREFIX + "v." + name),
              power1,
              power2,
              rate,
              tf.constant(BETA1),
              tf.constant(BETA2),
              tf.constant(EPSILON),
              clipped.get(i)));
    }
  }

  /** Norm of the whole gradient before clipping; a scalar. */
  public Operand<TFloat32> norm() {
    return norm;
  }

  /**
   * Adds this step's update to a run.
   *
   * @param step number of the step, from 0
   * @param learningRate of this step
   * @return the tensors fed, to be closed after the run
   */
  public List<TFloat32> addTo(
      final Session.Runner runner, final long step, final double learningRate) {
    final List<TFloat32> fed =
        List.of(
            TFloat32.scalarOf((float) learningRate),
            TFloat32.scalarOf((float) Math.pow(BETA1, step + 1.0)),
            TFloat32.scalarOf((float) Math.pow(BETA2, step + 1.0)));
    runner.feed(rate, fed.get(0)).feed(power1, fed.get(1)).feed(power2, fed.get(2));
    updates.forEach(runner::addTarget);
    return fed;
  }
}
