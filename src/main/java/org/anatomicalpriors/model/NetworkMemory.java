package org.anatomicalpriors.model;

import org.anatomicalpriors.tensorflow.Engine;

/**
 * How much memory the networks of an {@link Architecture} need, from the architecture alone. With
 * c(l) channels and v(l) voxels at level l, n the coarsest level, V = v(0), L labels and 4 bytes a
 * number, a step of training holds
 *
 * <ul>
 *   <li>what the adjoints need of the forward pass: 3 sum_l c(l) v(l) of the decoder (two
 *       activations and their sum), as much without level 0 of the encoder, and sum_{l&lt;n} c(l)
 *       v(l+1) of the decoder's mixing;
 *   <li>about 6 V L of label maps, probabilities and their gradients;
 *   <li>about 3 c(0) V of gradients and reordered copies at the finest level, where they are
 *       largest;
 *   <li>5 numbers a parameter: its value, gradient, Adam's two moments and what is assigned.
 * </ul>
 *
 * With recomputation only the output of each level but the finest is kept, 2 sum_{l&gt;0} c(l)
 * v(l); at the finest level 5 c(0) V and 5 V L are held at once.
 *
 * <p>In slabs of t of n slices, of these only the share (t + 4) / n is held, and 3 V L of the
 * atlas, in the step and in the model that comes of it, and 3 c(1) v(1) of what slabs are put
 * together to; no more than without slabs.
 *
 * <p>A pass without learning keeps nothing for adjoints: 3 c(0) V, 4 V L and the parameters; in
 * slabs the same share of these, with 3 V L of the atlas, its assignment and the result, and 3 c(1)
 * v(1). The factors before V L and c(0) V are fitted to measured peaks; docs/robustness.md
 * compares. A GPU's library has workspaces of its own that are not in it.
 *
 * <p>Where TensorFlow convolves by its own routines, it writes out an upsampling: 64 weights for
 * each voxel of level 1, 8 c(0) V more.
 */
public final class NetworkMemory {

  private static final int CUBE = 27;

  private NetworkMemory() {}

  /**
   * Bytes that a step of training needs.
   *
   * @param keeping what gradients find in memory
   */
  public static long step(final Architecture a, final Keeping keeping) {
    return step(a, keeping, Engine.hasOneDnn());
  }

  static long step(final Architecture a, final Keeping keeping, final boolean oneDnn) {
    final double written = oneDnn ? 0 : writtenOut(a);
    return bytes(
        (keeping == Keeping.ALL ? all(a) : again(a, keeping))
            + (keeping == Keeping.SLABS ? share(a) * written : written)
            + 5 * parameters(a));
  }

  private static double all(final Architecture a) {
    final int coarsest = a.levels() - 1;
    double kept = 3 * outputs(a, 0);
    for (int l = 1; l <= coarsest; l++) kept += 6 * outputs(a, l);
    for (int l = 0; l < coarsest; l++) kept += (double) a.channels(l) * voxels(a, l + 1);
    final double v = a.voxels();
    return kept + 6 * v * a.labels() + 3 * v * a.channels(0);
  }

  private static double again(final Architecture a, final Keeping keeping) {
    double kept = 0;
    for (int l = 1; l < a.levels(); l++) kept += 2 * outputs(a, l);
    final double v = a.voxels(), finest = 5 * v * (a.labels() + a.channels(0));
    if (keeping == Keeping.LEVELS) return kept + finest;
    return kept + Math.min(finest, share(a) * finest + 3 * v * a.labels() + joined(a));
  }

  private static double outputs(final Architecture a, final int level) {
    return a.channels(level) * voxels(a, level);
  }

  /** Bytes that encoding or decoding needs. */
  public static long pass(final Architecture a) {
    return bytes(whole(a) + 2 * parameters(a));
  }

  /** Bytes of the same with the finest level in slabs. */
  public static long passInSlabs(final Architecture a) {
    final double stays = 3 * (double) a.voxels() * a.labels() + joined(a);
    return bytes(Math.min(whole(a), share(a) * whole(a) + stays) + 2 * parameters(a));
  }

  private static double whole(final Architecture a) {
    return (double) a.voxels() * (4 * a.labels() + 3 * a.channels(0))
        + (Engine.hasOneDnn() ? 0 : writtenOut(a));
  }

  private static double writtenOut(final Architecture a) {
    return a.levels() > 1 ? 8.0 * a.channels(0) * a.voxels() : 0;
  }

  /** Of the finest level, what a slab with its surroundings has. */
  private static double share(final Architecture a) {
    return (Slab.THICKNESS + 4.0) / Slab.whole(a).to();
  }

  /** What slabs are put together to. */
  private static double joined(final Architecture a) {
    return a.levels() > 1 ? 3 * outputs(a, 1) : 0;
  }

  /** Bytes of one number for every voxel and label. */
  public static long labels(final Architecture a) {
    return bytes((double) a.voxels() * a.labels());
  }

  /** Bytes of the weights. */
  public static long weights(final Architecture a) {
    return bytes(parameters(a));
  }

  /** Weights of the convolutions, biases left out; those of a slice are fewer. */
  private static double parameters(final Architecture a) {
    final int coarsest = a.levels() - 1;
    double count = 0;
    int before = a.labels();
    for (int l = 1; l <= coarsest; l++) {
      count += CUBE * a.channels(l) * ((double) before + a.channels(l));
      before = a.channels(l);
    }
    final double top = a.channels(coarsest);
    count +=
        a.latent() == Architecture.Latent.GRID
            ? (2.0 + CUBE) * before * a.latentSize()
            : (3.0 * top) * voxels(a, coarsest) * a.latentSize() + CUBE * top * top;
    count += CUBE * top * top;
    for (int l = coarsest - 1; l >= 0; l--)
      count += a.channels(l) * (a.channels(l + 1) + 2.0 * CUBE * a.channels(l));
    return count + (double) a.channels(0) * a.labels();
  }

  private static double voxels(final Architecture a, final int level) {
    double v = 1;
    for (final long s : a.volumeShape(level, 1)) v *= s;
    return v;
  }

  private static long bytes(final double numbers) {
    return (long) (Float.BYTES * numbers);
  }
}
