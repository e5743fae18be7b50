package org.anatomicalpriors.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
public final class LatentFit implements AutoCloseable {

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

  /** Prepares the graph for a prior. */
  public LatentFit(final AnatomicalPrior prior, final Objective objective) {
    a = prior.description().architecture();
    learning = new LearningGraph(prior.engine());
    final NetworkGraph network = learning.network;
    final Ops tf = network.tf();
    final long[] shape = a.latentShape();
    final Operand<TFloat32> mean = network.parameters().create(MEAN, 0, shape);
    final Operand<TFloat32> spread = network.parameters().create(SPREAD, 0, shape);
    q = Gaussian.bounded(tf, network.tape(), mean, spread);
    noise = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(shape)));
    final Operand<TFloat32> atlas =
        network.parameters().create(PriorNetwork.ATLAS, 0, a.voxels(), a.labels());
    final Operand<TFloat32> logits =
        new Networks(a, tf, network.tape(), network.layers())
            .decoder("decoder", q.sample(tf, network.tape(), noise), atlas);
    likelihood = new Likelihood(tf, a.voxels(), a.labels());
    final Objectives objectives = new Objectives(tf, network.tape());
    dataTerm =
        objective == Objective.EXACT
            ? objectives.exact(logits, likelihood)
            : objectives.bound(logits, likelihood);
    divergence = q.divergence(tf, network.tape());
    statistics = new LabelPosterior(tf, logits, likelihood).statistics();
    final Operand<TFloat32> perVoxel = tf.constant(1f / a.voxels());
    final Operand<TFloat32> loss =
        network
            .tape()
            .apply(
                in -> tf.math.mul(tf.math.add(in.get(0), in.get(1)), perVoxel),
                dataTerm,
                divergence);
    learning.learn(loss, List.of(MEAN, SPREAD), CLIP, 0);
    final Map<String, float[]> fixed = new java.util.TreeMap<>();
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
    final float[] zeros = new float[spread.length];
    learning.assign(
        Map.of(
            MEAN,
            code.mean(),
            SPREAD,
            spread,
            Adam.PREFIX + "m." + MEAN,
            zeros,
            Adam.PREFIX + "v." + MEAN,
            zeros,
            Adam.PREFIX + "m." + SPREAD,
            zeros,
            Adam.PREFIX + "v." + SPREAD,
            zeros));
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

  /** Floating-point operations of the convolutions in a step. */
  public double stepOperations() {
    return learning.network.layers().operations();
  }

  @Override
  public void close() {
    learning.close();
  }
}
