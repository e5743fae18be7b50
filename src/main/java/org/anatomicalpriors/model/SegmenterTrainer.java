package org.anatomicalpriors.model;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * The graph that learns q(z|x) for images: L_exact or L_bound where an image has no labels,
 * L_paired where it has. The encoder sees the image through the posterior of its labels under the
 * atlas, which does not depend on the contrast, and starts as the prior's own label encoder. The
 * decoder is fixed unless asked otherwise. Losses are in nats per voxel.
 */
public final class SegmenterTrainer implements Learner {

  private static final float BYTE = 255;

  private final Architecture a;
  private final LearningGraph learning;
  private final Likelihood likelihood;
  private final Placeholder<TUint8> posteriors;
  private final Placeholder<TUint8> labels;
  private final Placeholder<TFloat32> noise;
  private final Placeholder<TFloat32> divergenceWeight;
  private final Placeholder<TBool> paired;
  private final Operand<TFloat32> dataTerm;
  private final Operand<TFloat32> divergence;
  private final Operand<TFloat32> labelProbabilities;
  private final Operand<TFloat32> statistics;

  /** As below, with all in memory. */
  public SegmenterTrainer(
      final AnatomicalPrior prior,
      final Objective objective,
      final boolean trainDecoder,
      final double maximalGradient) {
    this(prior, objective, trainDecoder, maximalGradient, Keeping.ALL);
  }

  /**
   * @param trainDecoder whether the decoder learns too
   * @param maximalGradient norm to which the gradient is clipped
   * @param keeping what a step keeps in memory: with less, it takes more time for the same result,
   *     in slabs but for rounding
   */
  public SegmenterTrainer(
      final AnatomicalPrior prior,
      final Objective objective,
      final boolean trainDecoder,
      final double maximalGradient,
      final Keeping keeping) {
    a = prior.description().architecture();
    learning = new LearningGraph(prior.engine(), keeping);
    final NetworkGraph network = learning.network;
    final Ops tf = network.tf();
    final Networks networks = new Networks(a, tf, network.tape(), network.layers());
    posteriors =
        tf.placeholder(TUint8.class, Placeholder.shape(Shape.of(a.volumeShape(0, a.labels()))));
    labels = PriorNetwork.labels(tf, a);
    noise = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(a.latentShape())));
    divergenceWeight = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    paired = tf.placeholder(TBool.class, Placeholder.shape(Shape.scalar()));
    final Gaussian q =
        networks.encoder(
            "image",
            posteriors,
            keeping.slabs(a),
            (in, slab) ->
                tf.math.div(
                    tf.dtypes.cast(slab.ofVolume(tf, in), TFloat32.class), tf.constant(BYTE)));
    final Operand<TFloat32> atlas =
        network.parameters().create(PriorNetwork.ATLAS, 0, a.voxels(), a.labels());
    likelihood = new Likelihood(tf, a.voxels(), a.labels());
    final Operand<TUint8> rows = tf.reshape(labels, tf.constant(new int[] {a.voxels()}));
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
                objectives.either(
                    paired, logits, slab.ofRows(tf, network.tape().late(rows)), objective, own));
    final Operand<TFloat32> perVoxel = tf.constant(1f / a.voxels());
    dataTerm = learning.scale(term.value, perVoxel);
    divergence = learning.scale(q.divergence(tf, network.tape()), perVoxel);
    labelProbabilities = term.probabilities;
    statistics = term.statistics;
    learning.learn(
        learning.weighted(dataTerm, divergence, divergenceWeight),
        trainDecoder
            ? learning.names(PriorNetwork.IMAGE_ENCODER, PriorNetwork.DECODER)
            : learning.names(PriorNetwork.IMAGE_ENCODER),
        maximalGradient,
        0,
        dataTerm,
        divergence,
        statistics);
    learning.assign(start(prior));
  }

  /** The prior's decoder and atlas, and its image encoder or, if it has none, its label encoder. */
  private static Map<String, float[]> start(final AnatomicalPrior prior) {
    final Map<String, float[]> all = prior.weights();
    final Map<String, float[]> start = new TreeMap<>();
    final String source =
        prior.description().isSegmenter() ? PriorNetwork.IMAGE_ENCODER : PriorNetwork.ENCODER;
    all.forEach(
        (name, w) -> {
          if (name.startsWith(source))
            start.put(PriorNetwork.IMAGE_ENCODER + name.substring(source.length()), w);
          else if (name.startsWith(PriorNetwork.DECODER) || name.equals(PriorNetwork.ATLAS))
            start.put(name, w);
        });
    return start;
  }

  /** One image as a step takes it. */
  public static final class Example {
    private final byte[] posteriors;
    private final byte[] labels;
    private final ImageVector image;
    private final double labelledTerm;

    /**
     * @param posteriors label posteriors under the atlas (V, L) by rows
     * @param image on the prior's grid
     * @param labels label indices on the prior's grid, or null if the image has none
     * @param labelledTerm - sum_j log N(x_j; mu[s_j]) per voxel of a labelled image
     */
    public Example(
        final float[] posteriors,
        final ImageVector image,
        final byte[] labels,
        final double labelledTerm) {
      this.posteriors = new byte[posteriors.length];
      for (int i = 0; i < posteriors.length; i++)
        this.posteriors[i] = (byte) Math.round(BYTE * posteriors[i]);
      this.image = image;
      this.labels = labels;
      this.labelledTerm = labelledTerm;
    }

    private Example(final ByteBuffer from) {
      posteriors = new byte[from.getInt()];
      from.get(posteriors);
      labels = from.get() == 0 ? null : new byte[from.getInt()];
      if (labels != null) from.get(labels);
      labelledTerm = from.getDouble();
      image = ImageVector.read(from);
    }

    /** Bytes that {@link #toBytes} gives, about as many as it takes in memory. */
    public int bytes() {
      return Integer.BYTES
          + posteriors.length
          + 1
          + (labels == null ? 0 : Integer.BYTES + labels.length)
          + Double.BYTES
          + image.bytes();
    }

    /** All that it is, to the bit. */
    public byte[] toBytes() {
      final ByteBuffer to = ByteBuffer.allocate(bytes());
      to.putInt(posteriors.length).put(posteriors);
      to.put((byte) (labels == null ? 0 : 1));
      if (labels != null) to.putInt(labels.length).put(labels);
      to.putDouble(labelledTerm);
      image.write(to);
      return to.array();
    }

    /** What {@link #toBytes} gave. */
    public static Example ofBytes(final byte[] bytes) {
      return new Example(ByteBuffer.wrap(bytes));
    }

    /** The image on the prior's grid. */
    public ImageVector image() {
      return image;
    }

    public boolean isLabelled() {
      return labels != null;
    }
  }

  /** What a step found before it changed anything. */
  public static final class Outcome {
    private final double dataTerm;
    private final double divergence;
    private final IntensityModel intensities;

    Outcome(final double dataTerm, final double divergence, final IntensityModel intensities) {
      this.dataTerm = dataTerm;
      this.divergence = divergence;
      this.intensities = intensities;
    }

    /** Loss but for the divergence. */
    public double dataTerm() {
      return dataTerm;
    }

    public double divergence() {
      return divergence;
    }

    public double total() {
      return dataTerm + divergence;
    }

    /** Intensities after one update under the posterior of the labels. */
    public IntensityModel intensities() {
      return intensities;
    }
  }

  /** One step of Adam on one image with its current intensities. */
  public Outcome step(
      final Example example,
      final IntensityModel intensities,
      final float[] epsilon,
      final long step,
      final double learningRate,
      final double weight) {
    final Session.Runner runner = learning.runner();
    return run(
        runner,
        learning.addStep(runner, step, learningRate),
        example,
        intensities,
        epsilon,
        weight);
  }

  /** The loss of an image with z at the mean of q(z|x); nothing is learned. */
  public Outcome evaluate(final Example example, final IntensityModel intensities) {
    return run(learning.runner(), List.of(), example, intensities, new float[a.latentCount()], 1);
  }

  /**
   * Label posteriors of an image with z at the mean of q(z|x), (V, L) by rows; nothing is learned.
   */
  public float[] posteriors(final Example example, final IntensityModel intensities) {
    final Session.Runner runner = learning.runner();
    final List<Tensor> fed = feed(runner, example, intensities, new float[a.latentCount()], 1);
    try (Result result = runner.fetch(labelProbabilities).run()) {
      return LabelPosteriors.of(Tensors.toFloats(result.get(0)), example.image, intensities);
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  private Outcome run(
      final Session.Runner runner,
      final List<TFloat32> alreadyFed,
      final Example example,
      final IntensityModel intensities,
      final float[] epsilon,
      final double weight) {
    final List<Tensor> fed = new ArrayList<>(alreadyFed);
    fed.addAll(feed(runner, example, intensities, epsilon, weight));
    try (Result result = runner.fetch(dataTerm).fetch(divergence).fetch(statistics).run()) {
      return new Outcome(
          Tensors.toFloats(result.get(0))[0] + (example.isLabelled() ? example.labelledTerm : 0),
          Tensors.toFloats(result.get(1))[0],
          intensities.updated(Tensors.toDoubles(result.get(2))));
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  /** Feeds all that a run takes. */
  private List<Tensor> feed(
      final Session.Runner runner,
      final Example example,
      final IntensityModel intensities,
      final float[] epsilon,
      final double weight) {
    final long[] s = a.volumeShape(0, 1);
    final List<Tensor> fed = new ArrayList<>(likelihood.feed(runner, example.image, intensities));
    feed(runner, fed, posteriors, Tensors.of(example.posteriors, a.volumeShape(0, a.labels())));
    final byte[] given = example.isLabelled() ? example.labels : new byte[a.voxels()];
    if (!example.isLabelled()) Arrays.fill(given, (byte) -1);
    feed(runner, fed, labels, Tensors.of(given, 1, s[1], s[2], s[3]));
    feed(runner, fed, noise, Tensors.of(epsilon, a.latentShape()));
    feed(runner, fed, divergenceWeight, TFloat32.scalarOf((float) weight));
    feed(runner, fed, paired, TBool.scalarOf(example.isLabelled()));
    return fed;
  }

  private static void feed(
      final Session.Runner runner,
      final List<Tensor> fed,
      final Operand<?> input,
      final Tensor value) {
    runner.feed(input, value);
    fed.add(value);
  }

  /** Weights of the image encoder and the decoder by name. */
  @Override
  public Map<String, float[]> weights() {
    return learning.weights(PriorNetwork.IMAGE_ENCODER, PriorNetwork.DECODER);
  }

  @Override
  public Map<String, float[]> optimiser() {
    return learning.weights(Adam.PREFIX);
  }

  @Override
  public void restore(final Map<String, float[]> state) {
    learning.assign(state);
  }

  /** Floating-point operations of the convolutions in a whole training step. */
  public double stepOperations() {
    return learning.network.layers().operations();
  }

  @Override
  public void close() {
    learning.close();
  }
}
