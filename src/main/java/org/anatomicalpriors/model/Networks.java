package org.anatomicalpriors.model;

import java.util.function.Function;
import org.anatomicalpriors.tensorflow.Layers;
import org.anatomicalpriors.tensorflow.Tape;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** Builds encoders and the decoder of an {@link Architecture} into a graph. */
final class Networks {

  private static final double RESIDUAL_GAIN = 0.3;

  private final Architecture a;
  private final Ops tf;
  private final Tape tape;
  private final Layers layers;

  Networks(final Architecture a, final Ops tf, final Tape tape, final Layers layers) {
    this.a = a;
    this.tf = tf;
    this.tape = tape;
    this.layers = layers;
  }

  /**
   * An encoder: per level a strided convolution and a residual one, then two heads.
   *
   * @param name prefix of its parameters
   * @param x a volume at level 0, (1, z, y, x, channels)
   */
  Gaussian encoder(final String name, final Operand<TFloat32> x) {
    return encoder(name, x, in -> in);
  }

  /**
   * An encoder of something that takes less memory than the volume that is made of it.
   *
   * @param volume makes (1, z, y, x, channels) of x, as a block of the tape does
   */
  <T extends TType> Gaussian encoder(
      final String name, final Operand<T> x, final Function<Operand<T>, Operand<TFloat32>> volume) {
    if (a.levels() == 1) return heads(name, volume.apply(x));
    Operand<TFloat32> h = tape.block(in -> coarser(name, volume.apply(in), 1), x);
    for (int level = 2; level < a.levels(); level++) {
      final int l = level;
      h = tape.block(in -> coarser(name, in, l), h);
    }
    return heads(name, h);
  }

  /** One level of an encoder, from the level above it. */
  private Operand<TFloat32> coarser(
      final String name, final Operand<TFloat32> above, final int level) {
    final String at = name + ".level" + level;
    final int c = a.channels(level);
    return residual(at, layers.activation(layers.convolution(at + ".down", above, c, 3, 2, 1)), c);
  }

  private Gaussian heads(final String name, final Operand<TFloat32> h) {
    if (a.latent() == Architecture.Latent.GRID)
      return Gaussian.bounded(
          tf,
          tape,
          layers.convolution(name + ".mean", h, a.latentSize(), 1, 1, 0.7),
          layers.convolution(name + ".logvariance", h, a.latentSize(), 1, 1, 0.1));
    final long[] s = Layers.shape(h);
    final Operand<TFloat32> flat = layers.reshape(h, 1, s[1] * s[2] * s[3] * s[4]);
    return Gaussian.bounded(
        tf,
        tape,
        layers.dense(name + ".mean", flat, a.latentSize(), 1),
        layers.dense(name + ".logvariance", flat, a.latentSize(), 0.1));
  }

  private Operand<TFloat32> residual(final String at, final Operand<TFloat32> h, final int c) {
    return layers.add(
        h, layers.activation(layers.convolution(at + ".conv", h, c, 3, 1, RESIDUAL_GAIN)));
  }

  /**
   * The decoder f(z): coarse to fine, per level a widening, an upsampling and two convolutions; a
   * 1x1x1 head, which starts at zero, is added to the atlas's log-probabilities.
   *
   * @param z the latent
   * @param atlas log-probabilities (V, L)
   * @return logits (V, L)
   */
  Operand<TFloat32> decoder(
      final String name, final Operand<TFloat32> z, final Operand<TFloat32> atlas) {
    final int coarsest = a.levels() - 1;
    Operand<TFloat32> h = z;
    if (a.latent() == Architecture.Latent.DENSE) {
      final long[] s = a.volumeShape(coarsest, a.channels(coarsest));
      h = layers.dense(name + ".start", h, (int) (s[1] * s[2] * s[3] * s[4]), 1);
      h = layers.activation(layers.reshape(h, s));
    }
    h = layers.activation(layers.convolution(name + ".coarse", h, a.channels(coarsest), 3, 1, 1));
    h = residual(name + ".level" + coarsest, h, a.channels(coarsest));
    for (int level = coarsest - 1; level > 0; level--) {
      final int l = level;
      h = tape.block(in -> finer(name, in, l), h);
    }
    return layers.add(
        tape.block(in -> head(name, coarsest > 0 ? finer(name, in, 0) : in), h), atlas);
  }

  /** One level of the decoder, from the level below it. */
  private Operand<TFloat32> finer(
      final String name, final Operand<TFloat32> below, final int level) {
    final String at = name + ".level" + level;
    final int c = a.channels(level);
    final Operand<TFloat32> mixed = layers.convolution(at + ".mix", below, c, 1, 1, 1);
    return residual(
        at, layers.activation(layers.upsampledConvolution(at + ".first", mixed, c, 1)), c);
  }

  private Operand<TFloat32> head(final String name, final Operand<TFloat32> h) {
    return layers.reshape(
        layers.convolution(name + ".head", h, a.labels(), 1, 1, 0), a.voxels(), a.labels());
  }
}
