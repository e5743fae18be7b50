package org.anatomicalpriors.tensorflow;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.types.TFloat32;

/**
 * Convolutions whose factors have the 8 significant bits of bfloat16 and whose sums have the 24 of
 * float32. TensorFlow rewrites a session's graph when it is first run: convolutions and their
 * gradients by the input, and what lies between two of these, such as biases and activations.
 * Graphs and files of models stay as they are.
 *
 * <p>Left in float32 are the gradients by weights, which gain little and whose sums over all voxels
 * would be rounded; matrix products, of which some are sums of squared intensities; and gradients
 * of activations and biases, for which TensorFlow's bfloat16 is slower.
 */
final class Bfloat16 {

  /** Beginning of the environment variables that change what TensorFlow rewrites. */
  private static final String LISTS = "TF_AUTO_MIXED_PRECISION_GRAPH_REWRITE_";

  private static final int SIZE = 4;

  /**
   * Channels of the inputs that are tried. Processors multiply bfloat16 in pairs: with an odd
   * number TensorFlow 2.16 gives wrong values on those that have AVX-512's instructions for it and
   * not AMX's.
   */
  private static final int[] CHANNELS = {16, 3};

  /** Relative errors: those of rounding to bfloat16 are larger, those of float32 smaller. */
  private static final double ROUNDED = 1e-4;

  /**
   * Relative errors of sums of rounded factors are smaller, about 0.002. Without AVX-512 TensorFlow
   * may round the sums as they grow, which makes 0.02.
   */
  private static final double WRONG = 0.01;

  private Bfloat16() {}

  /** Says what may be rewritten, before TensorFlow is loaded. */
  static void prepare() {
    ProcessEnvironment.setUnlessGiven(
        LISTS + "ALLOWLIST_REMOVE", "Conv3DBackpropFilterV2,MatMul,BatchMatMul,BatchMatMulV2");
    ProcessEnvironment.setUnlessGiven(LISTS + "INFERLIST_REMOVE", "BiasAddGrad,LeakyReluGrad");
    ProcessEnvironment.setUnlessGiven(LISTS + "CLEARLIST_REMOVE", "LeakyReluGrad");
  }

  static void switchOn(final ConfigProto.Builder config) {
    config
        .getGraphOptionsBuilder()
        .getRewriteOptionsBuilder()
        .setAutoMixedPrecisionOnednnBfloat16(RewriterConfig.Toggle.ON);
  }

  /**
   * Whether TensorFlow does what it is asked for here, and rightly: it passes over the wish without
   * a word where it was built without oneDNN, and some processors' convolutions are wrong.
   */
  static boolean isInForce(final Engine engine) {
    for (final int channels : CHANNELS) {
      final float[][] rounded;
      try {
        rounded = outputs(engine.with(Arithmetic.BFLOAT16), channels);
      } catch (final TensorFlowException e) {
        return false; // a processor for which oneDNN has no such convolutions
      }
      final float[][] exact = outputs(engine.with(Arithmetic.FLOAT32), channels);
      final double convolution = difference(rounded[0], exact[0]);
      if (convolution < ROUNDED || convolution > WRONG) return false;
      if (difference(rounded[1], exact[1]) > ROUNDED) return false;
    }
    return true;
  }

  /** Of a convolution and of a matrix product. */
  private static float[][] outputs(final Engine engine, final int channels) {
    try (NetworkGraph network = new NetworkGraph(engine)) {
      final Ops tf = network.tf();
      final Operand<TFloat32> x =
          network.parameters().create("x", 1, 1, SIZE, SIZE, SIZE, channels);
      final Operand<TFloat32> w = network.parameters().create("w", 1, 3, 3, 3, channels, channels);
      final Operand<TFloat32> rows = tf.reshape(x, tf.constant(new int[] {-1, channels}));
      // What is fetched is never rewritten; what it is made from is.
      final Operand<TFloat32> convolved =
          tf.math.neg(tf.nn.conv3d(x, w, List.of(1L, 1L, 1L, 1L, 1L), "SAME"));
      final Operand<TFloat32> product =
          tf.math.neg(
              tf.linalg.matMul(rows, tf.linalg.transpose(rows, tf.constant(new int[] {1, 0}))));
      network.parameters().initialise(network.session(), 1);
      try (Result result = network.session().runner().fetch(convolved).fetch(product).run()) {
        return new float[][] {Tensors.toFloats(result.get(0)), Tensors.toFloats(result.get(1))};
      }
    }
  }

  /** Root of the sum of squared differences over that of squares. */
  private static double difference(final float[] a, final float[] b) {
    double squares = 0, differences = 0;
    for (int i = 0; i < a.length; i++) {
      differences += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
      squares += (double) b[i] * b[i];
    }
    return Math.sqrt(differences / squares);
  }
}
