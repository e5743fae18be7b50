package org.anatomicalpriors.model;

import java.util.Map;
import java.util.TreeMap;
import org.anatomicalpriors.tensorflow.NetworkGraph;
import org.anatomicalpriors.tensorflow.Tensors;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * The most probable label map of a code, found within the graph: for one who looks at many codes,
 * as label probabilities take about a hundred times the memory of the labels and are not copied
 * here. Gives what {@link AnatomySampler#decode} gives. Holds the decoder's weights until closed;
 * for one thread at a time.
 */
public final class LabelDecoder implements AutoCloseable {

  private final Architecture architecture;
  private final NetworkGraph network;
  private final Placeholder<TFloat32> z;
  private final Operand<TUint8> labels;

  public LabelDecoder(final AnatomicalPrior prior) {
    architecture = prior.description().architecture();
    network = new NetworkGraph(prior.engine());
    final Ops tf = network.tf();
    z = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(architecture.latentShape())));
    final Operand<TFloat32> atlas =
        network
            .parameters()
            .create(PriorNetwork.ATLAS, 0, architecture.voxels(), architecture.labels());
    final Operand<TFloat32> logits =
        new Networks(architecture, tf, network.tape(), network.layers())
            .decoder("decoder", z, atlas);
    // Of the probabilities, not the logits: rounding makes ties, which all have to break alike.
    labels =
        tf.dtypes.cast(
            tf.math.argMax(tf.nn.softmax(logits), tf.constant(1), TInt32.class), TUint8.class);
    final Map<String, float[]> all = prior.weights(), own = new TreeMap<>();
    for (final String name : network.parameters().names("")) own.put(name, all.get(name));
    network.parameters().assign(network.session(), own);
  }

  /**
   * The most probable label of each voxel of the prior's grid.
   *
   * @return label indices, x fastest
   */
  public byte[] decode(final float[] code) {
    try (TFloat32 in = Tensors.of(code, architecture.latentShape());
        Result out = network.session().runner().feed(z, in).fetch(labels).run()) {
      return Tensors.toBytes(out.get(0));
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
