package org.anatomicalpriors.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.tensorflow.Adam;
import org.anatomicalpriors.tensorflow.Engine;
import org.anatomicalpriors.tensorflow.NetworkGraph;
import org.anatomicalpriors.tensorflow.OperationProfile;
import org.anatomicalpriors.tensorflow.Tape;
import org.anatomicalpriors.tensorflow.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * The graph that learns a prior: L_prior = KL[q || p(z)] - E_q[sum_j log f[j, s_j](z)], one label
 * map and one draw of z a step. q is q(z|s), or, where an image that was simulated from the label
 * map is given, q(z|x), which sees the image through the posterior of its labels under the atlas;
 * both are one encoder. (Learning q(z|x) from draws of the model itself is the sleep phase of
 * Hinton et al. 1995, Science 268.) Losses are in nats per voxel.
 */
public final class PriorTrainer implements Learner {

  private final Architecture a;
  private final LearningGraph learning;
  private final Placeholder<TUint8> labels;
  private final Placeholder<TFloat32> noise;
  private final Placeholder<TFloat32> divergenceWeight;
  private final Placeholder<TBool> seen;
  private final Likelihood likelihood;
  private final ImageVector unseen;
  private final Operand<TFloat32> code;
  private final Operand<TFloat32> reconstruction;
  private final Operand<TFloat32> divergence;
  private final Operand<TUint8> mostProbable;
  private final double forwardOperations;

  /** As below, with all in memory. */
  public PriorTrainer(
      final Architecture a,
      final Engine engine,
      final float[] atlas,
      final long seed,
      final double maximalGradient) {
    this(a, engine, atlas, seed, maximalGradient, Keeping.ALL);
  }

  /**
   * @param atlas log-probabilities (V, L)
   * @param seed of the random start
   * @param maximalGradient norm to which the gradient is clipped
   * @param keeping what a step keeps in memory: with less, it takes more time for the same result,
   *     in slabs but for rounding
   */
  public PriorTrainer(
      final Architecture a,
      final Engine engine,
      final float[] atlas,
      final long seed,
      final double maximalGradient,
      final Keeping keeping) {
    this.a = a;
    learning = new LearningGraph(engine, keeping);
    final NetworkGraph network = learning.network;
    final Ops tf = network.tf();
    final Networks networks = new Networks(a, tf, network.tape(), network.layers());
    labels = PriorNetwork.labels(tf, a);
    noise = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(a.latentShape())));
    divergenceWeight = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    final Operand<TFloat32> atlasValue =
        network.parameters().create(PriorNetwork.ATLAS, 0, a.voxels(), a.labels());
    seen = tf.placeholder(TBool.class, Placeholder.shape(Shape.scalar()));
    likelihood = new Likelihood(tf, a.voxels(), a.labels());
    unseen = ImageVector.of(new float[a.voxels()], 0, 1);
    final Gaussian q =
        networks.encoder(
            "encoder",
            labels,
            keeping.slabs(a),
            (in, slab) -> input(tf, network.tape(), in, atlasValue, slab));
    code = q.sample(tf, network.tape(), noise);
    final Operand<TUint8> rows = tf.reshape(labels, tf.constant(new int[] {a.voxels()}));
    final Objectives objectives = new Objectives(tf, network.tape());
    final List<Operand<TUint8>> found = new ArrayList<>();
    final Operand<TFloat32> sum =
        networks.decoderSum(
            "decoder",
            code,
            atlasValue,
            keeping.slabs(a),
            (slab, logits, sequence) -> {
              found.add(tf.dtypes.cast(tf.math.argMax(logits, tf.constant(1)), TUint8.class));
              return objectives.crossEntropy(logits, slab.ofRows(tf, network.tape().late(rows)));
            });
    // Before gradients are built, for which slabs are built again.
    mostProbable = Slab.joined(tf, found);
    forwardOperations = network.layers().operations();
    final Operand<TFloat32> perVoxel = tf.constant(1f / a.voxels());
    reconstruction = learning.scale(sum, perVoxel);
    divergence = learning.scale(q.divergence(tf, network.tape()), perVoxel);
    learning.learn(
        learning.weighted(reconstruction, divergence, divergenceWeight),
        learning.names(PriorNetwork.ENCODER, PriorNetwork.DECODER),
        maximalGradient,
        seed,
        reconstruction,
        divergence);
    learning.assign(Map.of(PriorNetwork.ATLAS, atlas));
  }

  /**
   * What the encoder sees in a slab: labels, or the posterior of an image, (1, z, y, x, L). Only
   * one of them is computed, behind TensorFlow's switch.
   */
  private Operand<TFloat32> input(
      final Ops tf,
      final Tape tape,
      final Operand<TUint8> indices,
      final Operand<TFloat32> atlasValue,
      final Slab slab) {
    final Operand<TBool> image = tape.late(seen);
    final Operand<TFloat32> oneHot =
        PriorNetwork.oneHot(
            tf, slab.ofVolume(tf, tf.switchCond(indices, image).outputFalse()), a.labels());
    final Operand<TFloat32> posterior =
        new LabelPosterior(
                tf,
                slab.ofRows(tf, tf.switchCond(tape.late(atlasValue), image).outputTrue()),
                likelihood
                    .through(tf, x -> tf.switchCond(tape.late(x), image).outputTrue())
                    .ofVoxels(tf, x -> slab.ofRows(tf, x)))
            .posteriorOrPrior();
    return tf.merge(List.of(oneHot, tf.reshape(posterior, tf.constant(slab.shape(a.labels())))))
        .output();
  }

  /** Terms of the loss, in nats per voxel. */
  public static final class Loss {
    private final double reconstruction;
    private final double divergence;

    Loss(final double reconstruction, final double divergence) {
      this.reconstruction = reconstruction;
      this.divergence = divergence;
    }

    /** - E_q log f. */
    public double reconstruction() {
      return reconstruction;
    }

    /** KL[q || p]. */
    public double divergence() {
      return divergence;
    }

    /** The whole L_prior. */
    public double total() {
      return reconstruction + divergence;
    }
  }

  /**
   * One step of Adam on one label map.
   *
   * @param indices label indices on the prior's grid, 255 where unknown
   * @param image simulated from them, which the encoder sees in their place, or null
   * @param epsilon a draw of N(0, I), as long as the latent
   * @param step number of the step, from 0
   * @param weight of the divergence (warm-up)
   */
  public Loss step(
      final byte[] indices,
      final FittedImage image,
      final float[] epsilon,
      final long step,
      final double learningRate,
      final double weight) {
    final Session.Runner runner = learning.runner();
    final List<TFloat32> fed = learning.addStep(runner, step, learningRate);
    try {
      return run(runner, indices, image, epsilon, weight).loss;
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  /**
   * Loss and reconstruction of one label map with z at the mean of q; nothing is learned.
   *
   * @param image as in a step
   */
  public Evaluation evaluate(final byte[] indices, final FittedImage image) {
    return run(
        learning.runner().fetch(mostProbable), indices, image, new float[a.latentCount()], 1);
  }

  /** Most probable label index of every voxel for a code; nothing is learned. */
  public byte[] decode(final float[] z) {
    final long[] s = a.volumeShape(0, 1);
    try (TFloat32 fed = Tensors.of(z, a.latentShape());
        // Slabs wait for the loss of those before them, which need not be of anything.
        TUint8 unknown = Tensors.of(new byte[a.voxels()], 1, s[1], s[2], s[3]);
        Result result =
            learning.runner().feed(code, fed).feed(labels, unknown).fetch(mostProbable).run()) {
      return Tensors.toBytes(result.get(0));
    }
  }

  /** What {@link #evaluate} found. */
  public static final class Evaluation {
    private final Loss loss;
    private final byte[] reconstruction;

    Evaluation(final Loss loss, final byte[] reconstruction) {
      this.loss = loss;
      this.reconstruction = reconstruction;
    }

    public Loss loss() {
      return loss;
    }

    /** Most probable label index of every voxel. */
    public byte[] reconstruction() {
      return reconstruction;
    }
  }

  private Evaluation run(
      final Session.Runner runner,
      final byte[] indices,
      final FittedImage image,
      final float[] epsilon,
      final double weight) {
    final List<Tensor> fed = see(runner, image);
    final long[] s = a.volumeShape(0, 1);
    try (TUint8 labelTensor = Tensors.of(indices, 1, s[1], s[2], s[3]);
        TFloat32 noiseTensor = Tensors.of(epsilon, a.latentShape());
        TFloat32 weightTensor = TFloat32.scalarOf((float) weight);
        Result result =
            runner
                .feed(labels, labelTensor)
                .feed(noise, noiseTensor)
                .feed(divergenceWeight, weightTensor)
                .fetch(reconstruction)
                .fetch(divergence)
                .run()) {
      final int n = result.size();
      final Loss loss =
          new Loss(Tensors.toFloats(result.get(n - 2))[0], Tensors.toFloats(result.get(n - 1))[0]);
      return new Evaluation(loss, n > 2 ? Tensors.toBytes(result.get(0)) : null);
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  /** Feeds an image, or one that does not count. */
  private List<Tensor> see(final Session.Runner runner, final FittedImage image) {
    final List<Tensor> fed =
        new ArrayList<>(
            image == null
                ? likelihood.feedNothing(runner, unseen)
                : likelihood.feed(runner, image.image(), image.intensities()));
    fed.add(TBool.scalarOf(image != null));
    runner.feed(seen, fed.get(fed.size() - 1));
    return fed;
  }

  /** Weights of encoder and decoder by name. */
  @Override
  public Map<String, float[]> weights() {
    return learning.weights(PriorNetwork.ENCODER, PriorNetwork.DECODER);
  }

  @Override
  public Map<String, float[]> optimiser() {
    return learning.weights(Adam.PREFIX);
  }

  @Override
  public void restore(final Map<String, float[]> state) {
    learning.assign(state);
  }

  /** Floating-point operations of the convolutions in a forward pass. */
  public double forwardOperations() {
    return forwardOperations;
  }

  /** Floating-point operations of the convolutions in a whole training step. */
  public double stepOperations() {
    return learning.network.layers().operations();
  }

  /** Microseconds per kind of operation in one training step, all threads added up. */
  public Map<String, Double> profile(final byte[] indices) {
    final Session.Runner runner = learning.runner();
    final List<Tensor> fed = new ArrayList<>(learning.addStep(runner, 0, 0));
    fed.addAll(see(runner, null));
    final long[] s = a.volumeShape(0, 1);
    try (TUint8 labelTensor = Tensors.of(indices, 1, s[1], s[2], s[3]);
        TFloat32 noiseTensor = Tensors.of(new float[a.latentCount()], a.latentShape());
        TFloat32 weightTensor = TFloat32.scalarOf(1f)) {
      return OperationProfile.of(
          runner
              .feed(labels, labelTensor)
              .feed(noise, noiseTensor)
              .feed(divergenceWeight, weightTensor));
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  @Override
  public void close() {
    learning.close();
  }
}
