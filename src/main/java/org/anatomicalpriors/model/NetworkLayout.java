package org.anatomicalpriors.model;

import org.anatomicalpriors.tensorflow.SavedModelLayout;
import org.tensorflow.proto.DataType;

/**
 * Names and shapes of what a model's networks consist of, told from its description alone: a file
 * is compared with them before TensorFlow sees it. {@link Networks} and {@link PriorNetwork} build
 * what stands here.
 */
public final class NetworkLayout {

  private static final long KERNEL = 3;

  private final Architecture a;
  private final SavedModelLayout layout = new SavedModelLayout();

  private NetworkLayout(final Architecture a) {
    this.a = a;
  }

  /**
   * The layout of a model's networks.
   *
   * @throws ArithmeticException if they would be larger than any file
   */
  public static SavedModelLayout of(final ModelDescription d) {
    return new NetworkLayout(d.architecture()).build(d.isSegmenter(), d.seesImages());
  }

  private SavedModelLayout build(final boolean withImageEncoder, final boolean seesImages) {
    layout.variable(PriorNetwork.ATLAS, a.voxels(), a.labels());
    encoder("encoder");
    decoder("decoder");
    if (withImageEncoder) encoder("image");
    for (int level = 0; level < a.levels(); level++)
      layout.including(a.volumeShape(level, a.channels(level)));
    final long[] volume = a.volumeShape(0, 1);
    posterior(PriorNetwork.ENCODE, "labels", DataType.DT_UINT8, 1, volume[1], volume[2], volume[3]);
    layout
        .input(PriorNetwork.DECODE, "z", DataType.DT_FLOAT, a.latentShape())
        .output(PriorNetwork.DECODE, PriorNetwork.PROBABILITIES, a.voxels(), a.labels());
    if (seesImages)
      posterior(
          PriorNetwork.ENCODE_IMAGE, "posteriors", DataType.DT_FLOAT, a.volumeShape(0, a.labels()));
    return layout;
  }

  private void posterior(
      final String signature, final String input, final DataType type, final long... shape) {
    layout
        .input(signature, input, type, shape)
        .output(signature, PriorNetwork.MEAN, a.latentShape())
        .output(signature, PriorNetwork.LOG_VARIANCE, a.latentShape());
  }

  private void encoder(final String name) {
    long c = a.labels();
    for (int level = 1; level < a.levels(); level++) {
      final String at = name + ".level" + level;
      convolution(at + ".down", level - 1, KERNEL, c, a.channels(level));
      c = a.channels(level);
      convolution(at + ".conv", level, KERNEL, c, c);
    }
    for (final String head : new String[] {".mean", ".logvariance"})
      if (a.latent() == Architecture.Latent.GRID)
        convolution(name + head, a.levels() - 1, 1, c, a.latentSize());
      else dense(name + head, size(a.volumeShape(a.levels() - 1, c)), a.latentSize());
  }

  private void decoder(final String name) {
    final int coarsest = a.levels() - 1;
    long c = a.channels(coarsest);
    final boolean dense = a.latent() == Architecture.Latent.DENSE;
    if (dense) dense(name + ".start", a.latentSize(), size(a.volumeShape(coarsest, c)));
    convolution(name + ".coarse", coarsest, KERNEL, dense ? c : a.latentSize(), c);
    convolution(name + ".level" + coarsest + ".conv", coarsest, KERNEL, c, c);
    for (int level = coarsest - 1; level >= 0; level--) {
      final String at = name + ".level" + level;
      convolution(at + ".mix", level + 1, 1, c, a.channels(level));
      c = a.channels(level);
      convolution(at + ".first", level + 1, KERNEL, c, c);
      convolution(at + ".conv", level, KERNEL, c, c);
    }
    convolution(name + ".head", 0, 1, c, a.labels());
  }

  /**
   * @param level where its input lies
   */
  private void convolution(
      final String name, final int level, final long kernel, final long from, final long to) {
    final long[] in = a.volumeShape(level, from);
    final long[] shape = {kernel, kernel, kernel, from, to};
    for (int d = 0; d < 3; d++) if (in[d + 1] == 1) shape[d] = 1;
    layout.variable(name + ".kernel", shape).variable(name + ".bias", to);
  }

  private void dense(final String name, final long from, final long to) {
    layout.variable(name + ".kernel", from, to).variable(name + ".bias", to);
  }

  private static long size(final long[] shape) {
    long size = 1;
    for (final long s : shape) size = Math.multiplyExact(size, s);
    return size;
  }
}
