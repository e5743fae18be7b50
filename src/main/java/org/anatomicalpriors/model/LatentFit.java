package org.anatomicalpriors.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anatomicalpriors.tensorflow.Adam;
import org.anatomicalpriors.tensorflow.NetworkGraph;
import org.anatomicalpriors.tensorflow.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * Fits q(z) to one image by gradient steps on L_exact or L_bound, the decoder being fixed and the
 * intensities following in closed form after every step.
 */
public final class LatentFit implements Learner {

  private static final String FIT = "fit.";
  private static final String MEAN = FIT + "mean";
  private static final String SPREAD = FIT + "spread";

  /** Unlike a network's, this gradient needs no taming. */
  private static final double CLIP = 1e6;

  private final Architecture a;
  private final LearningGraph learning;
  private final Likelihood likelihood;
  private final Placeholder<TFloat32> noise;
  private final Gaussian q;
  private final Operand<TFloat32> dataTerm;
  private final Operand<TFloat32> divergence;
  private final Operand<TFloat32> statistics;

  /** As below, with all in memory. */
  public LatentFit(final AnatomicalPrior prior, final Objective objective) {
    this(prior, objective, Keeping.ALL);
  }

  /**
   * Prepares the graph for a prior.
   *
   * @param keeping whether a step takes less memory and more time
   */
  public LatentFit(final AnatomicalPrior prior, final Objective objective, final Keeping keeping) {
    a = prior.description().architecture();
    learning = new LearningGraph(prior.engine(), keeping);
    final NetworkGraph network = learning.network;
    final Ops tf = network.tf();
    final long[] shape = a.latentShape();
    final Operand<TFloat32> mean = network.parameters().create(MEAN, 0, shape);
    final Operand<TFloat32> spread = network.parameters().create(SPREAD, 0, shape);
    q = Gaussian.bounded(tf, network.tape(), mean, spread);
    noise = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(shape)));
    final Operand<TFloat32> atlas =
        network.parameters().create(PriorNetwork.ATLAS, 0, a.voxels(), a.labels());
    likelihood = new Likelihood(tf, a.voxels(), a.labels());
    final Objectives objectives = new Objectives(tf, network.tape());
    final ImageTerm term =
        new ImageTerm(
            a,
            network,
            keeping,
            q.sample(tf, network.tape(), noise),
            atlas,
            likelihood,
            (slab, logits, own) ->
                objective == Objective.EXACT
                    ? objectives.exact(logits, own)
                    : objectives.bound(logits, own));
    dataTerm = term.value;
    statistics = term.statistics;
    divergence = q.divergence(tf, network.tape());
    final Operand<TFloat32> perVoxel = tf.constant(1f / a.voxels());
    final Operand<TFloat32> loss =
        network
            .tape()
            .apply(
                in -> tf.math.mul(tf.math.add(in.get(0), in.get(1)), perVoxel),
                dataTerm,
                divergence);
    learning.learn(loss, List.of(MEAN, SPREAD), CLIP, 0, dataTerm, divergence, statistics);
    final Map<String, float[]> fixed = new TreeMap<>();
    prior
        .weights()
        .forEach(
            (name, w) -> {
              if (name.equals(PriorNetwork.ATLAS) || name.startsWith(PriorNetwork.DECODER))
                fixed.put(name, w);
            });
    learning.assign(fixed);
  }

  /** Starts from a posterior. */
  public void start(final LatentCode code) {
    final float[] spread = code.logVariance();
    for (int i = 0; i < spread.length; i++) spread[i] = Gaussian.unbounded(spread[i]);
    final Map<String, float[]> state = new TreeMap<>(Map.of(MEAN, code.mean(), SPREAD, spread));
    for (final String moment : learning.names(Adam.PREFIX))
      state.put(moment, new float[spread.length]);
    learning.assign(state);
  }

  /** What a step found before it changed anything. */
  public static final class Step {
    private final double dataTerm;
    private final double divergence;
    private final IntensityModel intensities;

    Step(final double dataTerm, final double divergence, final IntensityModel intensities) {
      this.dataTerm = dataTerm;
      this.divergence = divergence;
      this.intensities = intensities;
    }

    /** The objective, in nats. */
    public double objective() {
      return dataTerm + divergence;
    }

    /** Intensities after one update under the posterior of the labels. */
    public IntensityModel intensities() {
      return intensities;
    }
  }

  /**
   * One step of Adam on the mean and spread of q(z).
   *
   * @param epsilon a draw of N(0, I), or zeros for a deterministic step at the mean
   * @param step number of the step, from 0
   */
  public Step step(
      final ImageVector x,
      final IntensityModel intensities,
      final float[] epsilon,
      final long step,
      final double learningRate) {
    final Session.Runner runner = learning.runner();
    final List<TFloat32> fed = new ArrayList<>(learning.addStep(runner, step, learningRate));
    fed.addAll(likelihood.feed(runner, x, intensities));
    final TFloat32 noiseTensor = Tensors.of(epsilon, a.latentShape());
    fed.add(noiseTensor);
    try (Result result =
        runner.feed(noise, noiseTensor).fetch(dataTerm).fetch(divergence).fetch(statistics).run()) {
      return new Step(
          Tensors.toFloats(result.get(0))[0],
          Tensors.toFloats(result.get(1))[0],
          intensities.updated(Tensors.toDoubles(result.get(2))));
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  /** q(z) as it is now. */
  public LatentCode code() {
    try (Result result = learning.runner().fetch(q.mean).fetch(q.logVariance).run()) {
      return new LatentCode(Tensors.toFloats(result.get(0)), Tensors.toFloats(result.get(1)));
    }
  }

  /** Mean and spread of q(z) by name. */
  @Override
  public Map<String, float[]> weights() {
    return learning.weights(FIT);
  }

  @Override
  public Map<String, float[]> optimiser() {
    return learning.weights(Adam.PREFIX);
  }

  @Override
  public void restore(final Map<String, float[]> state) {
    learning.assign(state);
  }

  /** Floating-point operations of the convolutions in a step. */
  public double stepOperations() {
    return learning.network.layers().operations();
  }

  @Override
  public void close() {
    learning.close();
  }
}
