package org.anatomicalpriors.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.anatomicalpriors.tensorflow.Engine;
import org.anatomicalpriors.tensorflow.EngineException;
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
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/**
 * The networks of a {@link PriorNetwork}, whose finest level is computed in slabs: for where there
 * is no memory for all of it. Only rounding makes a difference. Each network is built at its first
 * use and kept; one pass is made at a time.
 */
final class SlabNetworks implements AutoCloseable {

  private final ModelDescription description;
  private final Architecture a;
  private final List<Slab> slabs;
  private final Engine engine;
  private final Map<String, float[]> weights;
  private final Map<String, Pass> passes = new TreeMap<>();
  private boolean closed;

  SlabNetworks(
      final ModelDescription description, final Map<String, float[]> weights, final Engine engine) {
    this.description = description;
    this.weights = weights;
    this.engine = engine;
    a = description.architecture();
    slabs = Keeping.SLABS.slabs(a);
  }

  /** A network with its input and outputs. */
  private static final class Pass {
    private final NetworkGraph network;
    private final Operand<?> input;
    private final List<Operand<TFloat32>> outputs;

    Pass(
        final NetworkGraph network,
        final Operand<?> input,
        final List<Operand<TFloat32>> outputs,
        final Map<String, float[]> weights) {
      this.network = network;
      this.input = input;
      this.outputs = outputs;
      final Map<String, float[]> own = new TreeMap<>();
      for (final String name : network.parameters().names("")) own.put(name, weights.get(name));
      try {
        network.parameters().assign(network.session(), own);
      } catch (final RuntimeException | Error e) { // there is little memory where slabs are used
        network.close();
        throw e;
      }
    }

    /** All outputs one after another, copied once. */
    float[] run(final Tensor in) {
      final Session.Runner runner = network.session().runner().feed(input, in);
      outputs.forEach(runner::fetch);
      try (Result result = runner.run()) {
        long count = 0;
        for (int i = 0; i < outputs.size(); i++) count += result.get(i).shape().size();
        final float[] found = new float[Math.toIntExact(count)];
        int at = 0;
        for (int i = 0; i < outputs.size(); i++) at = Tensors.copy(result.get(i), found, at);
        return found;
      }
    }
  }

  private Pass pass(final String key, final Supplier<Pass> make) {
    if (closed) throw new EngineException("The model was closed while it was used.");
    return passes.computeIfAbsent(key, k -> make.get());
  }

  /** q(z|s) of label indices. */
  synchronized LatentCode encode(final byte[] indices) {
    final long[] s = a.volumeShape(0, 1);
    final Pass pass =
        pass(
            PriorNetwork.ENCODE,
            () -> {
              final NetworkGraph network = graph();
              final Ops tf = network.tf();
              return encoder(
                  network,
                  "encoder",
                  PriorNetwork.labels(tf, a),
                  (in, slab) -> PriorNetwork.oneHot(tf, slab.ofVolume(tf, in), a.labels()));
            });
    try (TUint8 in = Tensors.of(indices, 1, s[1], s[2], s[3])) {
      return code(pass.run(in));
    }
  }

  /** q(z|x) of label posteriors (V, L) by rows. */
  synchronized LatentCode encodeImage(final float[] posteriors) {
    final long[] s = a.volumeShape(0, a.labels());
    final Pass pass =
        pass(
            PriorNetwork.ENCODE_IMAGE,
            () -> {
              final NetworkGraph network = graph();
              final Ops tf = network.tf();
              return encoder(
                  network,
                  description.isSegmenter() ? "image" : "encoder",
                  tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(s))),
                  (in, slab) -> slab.ofVolume(tf, in));
            });
    try (TFloat32 in = Tensors.of(posteriors, s)) {
      return code(pass.run(in));
    }
  }

  private NetworkGraph graph() {
    return new NetworkGraph(engine, true);
  }

  private <T extends TType> Pass encoder(
      final NetworkGraph network,
      final String name,
      final Operand<T> input,
      final BiFunction<Operand<T>, Slab, Operand<TFloat32>> volume) {
    final Gaussian q =
        new Networks(a, network.tf(), network.tape(), network.layers())
            .encoder(name, input, slabs, volume);
    return new Pass(network, input, List.of(q.mean, q.logVariance), weights);
  }

  private static LatentCode code(final float[] found) {
    final int n = found.length / 2;
    return new LatentCode(Arrays.copyOf(found, n), Arrays.copyOfRange(found, n, 2 * n));
  }

  /** Label probabilities f(z), (V, L) by rows. */
  synchronized float[] decode(final float[] z) {
    final Pass pass = pass(PriorNetwork.DECODE, this::decoder);
    try (TFloat32 in = Tensors.of(z, a.latentShape())) {
      return pass.run(in);
    }
  }

  private Pass decoder() {
    final NetworkGraph network = graph();
    final Ops tf = network.tf();
    final Operand<TFloat32> z =
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(a.latentShape())));
    final Operand<TFloat32> atlas =
        network.parameters().create(PriorNetwork.ATLAS, 0, a.voxels(), a.labels());
    return new Pass(
        network,
        z,
        new Networks(a, tf, network.tape(), network.layers())
            .decoder("decoder", z, atlas, slabs, (slab, logits, sequence) -> tf.nn.softmax(logits)),
        weights);
  }

  @Override
  public synchronized void close() {
    closed = true;
    passes.values().forEach(pass -> pass.network.close());
  }
}
