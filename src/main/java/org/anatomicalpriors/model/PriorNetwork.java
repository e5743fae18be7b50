package org.anatomicalpriors.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anatomicalpriors.tensorflow.Engine;
import org.anatomicalpriors.tensorflow.NetworkGraph;
import org.anatomicalpriors.tensorflow.SavedModels;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * The networks of a prior for inference, as they stand in a model file. Its signatures: {@link
 * #ENCODE} (label indices to the mean and log-variance of z), {@link #DECODE} (z to label
 * probabilities) and {@link #ENCODE_IMAGE} (label posteriors of an image to the mean and
 * log-variance of z; a segmenter has an encoder of its own for that).
 */
final class PriorNetwork implements AutoCloseable {

  static final String ENCODE = "encode";
  static final String DECODE = "decode";
  static final String ENCODE_IMAGE = "encode_image";
  static final String MEAN = "mean";
  static final String LOG_VARIANCE = "logvariance";
  static final String PROBABILITIES = "probabilities";

  /** Name of the variable that holds the atlas's log-probabilities, and prefixes of the rest. */
  static final String ATLAS = "atlas";

  static final String ENCODER = "encoder.";
  static final String DECODER = "decoder.";
  static final String IMAGE_ENCODER = "image.";

  private final NetworkGraph network;
  private final List<Signature> signatures = new ArrayList<>();

  PriorNetwork(final Architecture a, final boolean withImageEncoder, final Engine engine) {
    network = new NetworkGraph(engine);
    final Ops tf = network.tf();
    final Networks networks = new Networks(a, tf, network.tape(), network.layers());
    final Operand<TFloat32> atlas = network.parameters().create(ATLAS, 0, a.voxels(), a.labels());

    final Placeholder<TUint8> labels = labels(tf, a);
    final Operand<TFloat32> oneHot = oneHot(tf, labels, a.labels());
    final Gaussian code = networks.encoder("encoder", oneHot);
    signatures.add(posterior(ENCODE, "labels", labels, code));

    final Placeholder<TFloat32> z =
        tf.withName("z").placeholder(TFloat32.class, Placeholder.shape(Shape.of(a.latentShape())));
    // The usual entry of other tools: a code in, an anatomy out.
    final Operand<TFloat32> f = tf.nn.softmax(networks.decoder("decoder", z, atlas));
    signatures.add(Signature.builder(DECODE).input("z", z).output(PROBABILITIES, f).build());

    if (!withImageEncoder) signatures.add(posterior(ENCODE_IMAGE, "posteriors", oneHot, code));
    else {
      final Placeholder<TFloat32> posteriors =
          tf.withName("posteriors")
              .placeholder(
                  TFloat32.class, Placeholder.shape(Shape.of(a.volumeShape(0, a.labels()))));
      signatures.add(
          posterior(ENCODE_IMAGE, "posteriors", posteriors, networks.encoder("image", posteriors)));
    }
  }

  private static Signature posterior(
      final String key, final String input, final Operand<?> in, final Gaussian q) {
    return Signature.builder(key)
        .input(input, in)
        .output(MEAN, q.mean)
        .output(LOG_VARIANCE, q.logVariance)
        .build();
  }

  static Placeholder<TUint8> labels(final Ops tf, final Architecture a) {
    final long[] s = a.volumeShape(0, 1);
    return tf.withName("labels")
        .placeholder(TUint8.class, Placeholder.shape(Shape.of(1, s[1], s[2], s[3])));
  }

  /** One-hot labels (..., L); indices that are no label (255: outside) become zeros. */
  static Operand<TFloat32> oneHot(final Ops tf, final Operand<TUint8> labels, final int count) {
    return tf.oneHot(labels, tf.constant(count), tf.constant(1f), tf.constant(0f));
  }

  /** Writes a SavedModel with these weights. */
  void export(final Map<String, float[]> weights, final Path folder) throws IOException {
    network.parameters().assign(network.session(), weights);
    SavedModels.export(network, folder, signatures);
  }

  @Override
  public void close() {
    network.close();
  }
}
