package org.anatomicalpriors.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anatomicalpriors.tensorflow.Adam;
import org.anatomicalpriors.tensorflow.Engine;
import org.anatomicalpriors.tensorflow.NetworkGraph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A graph whose parameters learn: what all trainers share. */
final class LearningGraph implements AutoCloseable {

  final NetworkGraph network;
  private Adam adam;

  /**
   * @param keeping what gradients find in memory
   */
  LearningGraph(final Engine engine, final Keeping keeping) {
    network = new NetworkGraph(engine, keeping.recomputes());
  }

  /** A product with a factor through which nothing is learned. */
  Operand<TFloat32> scale(final Operand<TFloat32> x, final Operand<TFloat32> factor) {
    return network.tape().apply(in -> network.tf().math.mul(in.get(0), factor), x);
  }

  /** The loss a + weight * b. */
  Operand<TFloat32> weighted(
      final Operand<TFloat32> a, final Operand<TFloat32> b, final Operand<TFloat32> weight) {
    final Ops tf = network.tf();
    return network.tape().apply(in -> tf.math.add(in.get(0), tf.math.mul(in.get(1), weight)), a, b);
  }

  /**
   * Builds the gradient of the loss and Adam on the named parameters, and sets all parameters to
   * their random start.
   *
   * @param maximalGradient norm to which the gradient is clipped
   * @param found what a step reports; it is there before anything is learned
   */
  @SafeVarargs
  final void learn(
      final Operand<TFloat32> loss,
      final List<String> names,
      final double maximalGradient,
      final long seed,
      final Operand<TFloat32>... found) {
    final List<Operand<TFloat32>> values = new ArrayList<>();
    names.forEach(n -> values.add(network.parameters().value(n)));
    adam =
        new Adam(
            network.tf(),
            network.parameters(),
            names,
            network.tape().gradients(loss, values),
            (float) maximalGradient,
            List.of(found));
    orClose(() -> network.parameters().initialise(network.session(), seed));
  }

  /** Where there is no memory for the parameters, what there is of them is given back. */
  private void orClose(final Runnable work) {
    try {
      work.run();
    } catch (final RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** Names of the parameters that begin with one of the prefixes. */
  List<String> names(final String... prefixes) {
    final List<String> names = new ArrayList<>();
    for (final String prefix : prefixes) names.addAll(network.parameters().names(prefix));
    return names;
  }

  Session.Runner runner() {
    return network.session().runner();
  }

  /** Adds a step of Adam to a run; returns what was fed, to be closed after it. */
  List<TFloat32> addStep(final Session.Runner runner, final long step, final double learningRate) {
    return adam.addTo(runner, step, learningRate);
  }

  /** Weights by name, of the parameters that begin with one of the prefixes. */
  Map<String, float[]> weights(final String... prefixes) {
    final Map<String, float[]> weights = new TreeMap<>();
    for (final String prefix : prefixes)
      weights.putAll(network.parameters().read(network.session(), prefix));
    return weights;
  }

  void assign(final Map<String, float[]> weights) {
    orClose(() -> network.parameters().assign(network.session(), weights));
  }

  @Override
  public void close() {
    network.close();
  }
}
