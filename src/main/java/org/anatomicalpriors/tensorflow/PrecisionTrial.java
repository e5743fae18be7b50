package org.anatomicalpriors.tensorflow;

import java.util.ArrayList;
import java.util.List;
import org.anatomicalpriors.progress.Progress;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Finds out in a few seconds how much faster convolutions are in bfloat16 on this machine: two with
 * their activations, as networks have them at their finest level. All cases take turns, so that a
 * busy moment of the machine meets all of them, and medians count.
 */
final class PrecisionTrial {

  private static final String STAGE = "Trying bfloat16";
  private static final long[] SHAPE = {1, 48, 64, 64, 16};
  private static final int WARM_UPS = 1;
  private static final int ROUNDS = 7;

  /** Rounds that are enough where they are slow. */
  private static final int FEWEST_ROUNDS = 3;

  private static final double LONG_SECONDS = 5;

  private PrecisionTrial() {}

  /**
   * Measures with the threads of this engine.
   *
   * @throws org.anatomicalpriors.progress.CancelledException if the user asked to stop
   */
  static SpeedGain run(final Engine engine, final Progress progress) {
    if (!Bfloat16.isInForce(engine)) return SpeedGain.NONE;
    try (Convolutions exact = new Convolutions(engine.with(Arithmetic.FLOAT32));
        Convolutions rounded = new Convolutions(engine.with(Arithmetic.BFLOAT16))) {
      final double[] seconds =
          medians(List.of(exact::pass, rounded::pass, exact::step, rounded::step), progress);
      return new SpeedGain(seconds[0] / seconds[1], seconds[2] / seconds[3]);
    }
  }

  private static double[] medians(final List<Runnable> cases, final Progress progress) {
    final List<double[]> rounds = new ArrayList<>();
    final long start = System.nanoTime();
    for (int round = -WARM_UPS; round < ROUNDS; round++) {
      if (round >= FEWEST_ROUNDS && System.nanoTime() - start > LONG_SECONDS * 1e9) break;
      progress.update(STAGE, round + WARM_UPS, ROUNDS + WARM_UPS, "");
      final double[] seconds = new double[cases.size()];
      for (int i = 0; i < seconds.length; i++) {
        progress.checkCancelled();
        final long before = System.nanoTime();
        cases.get(i).run();
        seconds[i] = System.nanoTime() - before;
      }
      if (round >= 0) rounds.add(seconds);
    }
    final double[] medians = new double[cases.size()];
    for (int i = 0; i < medians.length; i++) {
      final int at = i;
      medians[i] = rounds.stream().mapToDouble(r -> r[at]).sorted().toArray()[rounds.size() / 2];
    }
    return medians;
  }

  /** In one kind of numbers. */
  private static final class Convolutions implements AutoCloseable {
    private final NetworkGraph network;
    private final Operand<TFloat32> loss;
    private final List<Operand<TFloat32>> gradients = new ArrayList<>();

    Convolutions(final Engine engine) {
      network = new NetworkGraph(engine);
      final Layers layers = network.layers();
      final Ops tf = network.tf();
      final int channels = (int) SHAPE[SHAPE.length - 1];
      Operand<TFloat32> y = network.parameters().create("x", 1, SHAPE);
      for (final String name : new String[] {"first", "second"})
        y = layers.activation(layers.convolution(name, y, channels, 3, 1, 1));
      final int[] axes = {0, 1, 2, 3, 4};
      loss = network.tape().apply(in -> tf.math.mean(in.get(0), tf.constant(axes)), y);
      final List<Operand<TFloat32>> all = new ArrayList<>();
      for (final String name : network.parameters().names(""))
        all.add(network.parameters().value(name));
      // What is asked for is never rewritten; what it is made from is.
      for (final Operand<TFloat32> gradient : network.tape().gradients(loss, all))
        gradients.add(tf.math.neg(gradient));
      network.parameters().initialise(network.session(), 1);
    }

    void pass() {
      run(List.of(loss));
    }

    void step() {
      run(gradients);
    }

    private void run(final List<Operand<TFloat32>> what) {
      final Session.Runner runner = network.session().runner();
      what.forEach(runner::addTarget);
      runner.run().close();
    }

    @Override
    public void close() {
      network.close();
    }
  }
}
