package org.anatomicalpriors.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.anatomicalpriors.tensorflow.BlockSequence;
import org.anatomicalpriors.tensorflow.Layers;
import org.anatomicalpriors.tensorflow.Tape;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * Builds encoders and the decoder of an {@link Architecture} into a graph. Their finest level can
 * be built in slabs, each of them with as many voxels beyond its borders as its convolutions see,
 * so that nothing but rounding changes.
 */
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
    return encoder(name, x, List.of(Slab.whole(a)), (in, slab) -> in);
  }

  /**
   * An encoder of something that takes less memory than the volume that is made of it.
   *
   * @param slabs of level 0, in which it is read
   * @param volume makes the part of (1, z, y, x, channels) that lies in a slab of x, as a block of
   *     the tape does
   */
  <T extends TType> Gaussian encoder(
      final String name,
      final Operand<T> x,
      final List<Slab> slabs,
      final BiFunction<Operand<T>, Slab, Operand<TFloat32>> volume) {
    if (a.levels() == 1) return heads(name, volume.apply(x, Slab.whole(a)));
    Operand<TFloat32> h =
        slabs.size() == 1
            ? tape.block(in -> coarser(name, volume.apply(in, slabs.get(0)), 1), x)
            : tape.block(
                in -> residual(at(name, 1), in, a.channels(1)), down(name, x, slabs, volume));
    for (int level = 2; level < a.levels(); level++) {
      final int l = level;
      h = tape.block(in -> coarser(name, in, l), h);
    }
    return heads(name, h);
  }

  private <T extends TType> Operand<TFloat32> down(
      final String name,
      final Operand<T> x,
      final List<Slab> slabs,
      final BiFunction<Operand<T>, Slab, Operand<TFloat32>> volume) {
    final BlockSequence sequence = new BlockSequence();
    final List<Operand<TFloat32>> parts = new ArrayList<>();
    for (final Slab slab : slabs) {
      // A voxel sees one slice beyond its own two. Two, as padding stands at the end only of even
      // numbers.
      final Slab seen = slab.grown(0, 2), made = slab.coarser();
      parts.add(
          tape.block(
              sequence, in -> slices(down(name, volume.apply(in, seen), 1), made, made.from()), x));
    }
    return layers.joined(parts, slabs.get(0).axis());
  }

  /** One level of an encoder, from the level above it. */
  private Operand<TFloat32> coarser(
      final String name, final Operand<TFloat32> above, final int level) {
    return residual(at(name, level), down(name, above, level), a.channels(level));
  }

  private Operand<TFloat32> down(
      final String name, final Operand<TFloat32> above, final int level) {
    return layers.activation(
        layers.convolution(at(name, level) + ".down", above, a.channels(level), 3, 2, 1));
  }

  private static String at(final String name, final int level) {
    return name + ".level" + level;
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
    return logits(name, belowFinest(name, z), atlas, Slab.whole(a));
  }

  /**
   * Terms of the slabs of the decoder's finest level, which are computed one after another.
   *
   * @param z the latent
   * @param atlas log-probabilities (V, L)
   * @param term what is made of a slab's logits, as a block of the tape computes it; the next slab
   *     waits for it, and for what it asks the sequence to await
   */
  List<Operand<TFloat32>> decoder(
      final String name,
      final Operand<TFloat32> z,
      final Operand<TFloat32> atlas,
      final List<Slab> slabs,
      final SlabTerm term) {
    final Operand<TFloat32> below = belowFinest(name, z);
    final BlockSequence sequence = new BlockSequence();
    final List<Operand<TFloat32>> terms = new ArrayList<>();
    for (final Slab slab : slabs)
      terms.add(
          tape.block(
              sequence, in -> term.of(slab, logits(name, in, atlas, slab), sequence), below));
    return terms;
  }

  /** The sum of such terms if they are scalars. */
  Operand<TFloat32> decoderSum(
      final String name,
      final Operand<TFloat32> z,
      final Operand<TFloat32> atlas,
      final List<Slab> slabs,
      final SlabTerm term) {
    return decoder(name, z, atlas, slabs, term).stream().reduce(layers::add).orElseThrow();
  }

  /** What is made of the logits of a slab, (its voxels, L). */
  interface SlabTerm {
    Operand<TFloat32> of(Slab slab, Operand<TFloat32> logits, BlockSequence sequence);
  }

  /** All levels of the decoder but the finest, unless there is only that. */
  private Operand<TFloat32> belowFinest(final String name, final Operand<TFloat32> z) {
    final int coarsest = a.levels() - 1;
    Operand<TFloat32> h = z;
    if (a.latent() == Architecture.Latent.DENSE) {
      final long[] s = a.volumeShape(coarsest, a.channels(coarsest));
      h = layers.dense(name + ".start", h, (int) (s[1] * s[2] * s[3] * s[4]), 1);
      h = layers.activation(layers.reshape(h, s));
    }
    h = layers.activation(layers.convolution(name + ".coarse", h, a.channels(coarsest), 3, 1, 1));
    h = residual(at(name, coarsest), h, a.channels(coarsest));
    for (int level = coarsest - 1; level > 0; level--) {
      final int l = level;
      h = tape.block(in -> finer(name, in, l), h);
    }
    return h;
  }

  /** Logits of the voxels of a slab. */
  private Operand<TFloat32> logits(
      final String name,
      final Operand<TFloat32> below,
      final Operand<TFloat32> atlas,
      final Slab slab) {
    final Operand<TFloat32> h = a.levels() > 1 ? finest(name, below, slab) : slices(below, slab, 0);
    return layers.add(head(name, h), layers.slices(atlas, 0, slab.firstVoxel(), slab.endVoxel()));
  }

  /** Of a slab; its voxels see two beyond its borders, that is one of the level below. */
  private Operand<TFloat32> finest(
      final String name, final Operand<TFloat32> below, final Slab slab) {
    final Slab seen = slab.coarser().grown(1, 1);
    return slices(finer(name, slices(below, seen, 0), 0), slab, seen.finer().from());
  }

  /** The part of x that is a slab's, the first slice of x being another than the grid's. */
  private Operand<TFloat32> slices(final Operand<TFloat32> x, final Slab slab, final int first) {
    return layers.slices(x, slab.axis(), slab.from() - first, slab.to() - first);
  }

  /** One level of the decoder, from the level below it. */
  private Operand<TFloat32> finer(
      final String name, final Operand<TFloat32> below, final int level) {
    final String at = at(name, level);
    final int c = a.channels(level);
    final Operand<TFloat32> mixed = layers.convolution(at + ".mix", below, c, 1, 1, 1);
    return residual(
        at, layers.activation(layers.upsampledConvolution(at + ".first", mixed, c, 1)), c);
  }

  private Operand<TFloat32> head(final String name, final Operand<TFloat32> h) {
    final long[] s = Layers.shape(h);
    return layers.reshape(
        layers.convolution(name + ".head", h, a.labels(), 1, 1, 0), s[1] * s[2] * s[3], a.labels());
  }
}
